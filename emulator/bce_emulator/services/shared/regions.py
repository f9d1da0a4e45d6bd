"""Regions and their zones, as one table for every product: ``regions.json``."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, InvalidURI, OperationDenied
from bce_emulator.services.shared.offered import not_offered

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion

CLOUD = ".baidubce.com"
"""What the hosts of the cloud itself end in."""


class RegionView(TypedDict):
    """A region, and where it is reached."""

    regionId: str
    regionName: str
    regionEndpoint: str


class DescribeRegionsResponse(TypedDict):
    """All regions, or the one that was named."""

    regions: list[RegionView]


@cache
def regions() -> dict[str, dict[str, Any]]:
    """Every region by its short name: name and zones."""
    table = orjson.loads(Path(__file__).with_name("regions.json").read_bytes())
    return {region["region"]: region for region in table}


def region_named(text: str) -> str | None:
    """The region that a text names, in whatever case; None if there is none."""
    return text.lower() if text.lower() in regions() else None


def region_names() -> str:
    """The regions as a refusal lists them."""
    return ", ".join(regions())


def region_word(region: str) -> str:
    """A region as names that the cloud makes have it, such as ``beijing``."""
    name: str = regions()[region]["name"]
    return name.replace(" ", "").lower()


def home_of(account: AccountRegion) -> AccountRegion:
    """Where an account keeps what belongs to no region, such as resource groups."""
    return account.in_region(next(iter(regions())))


def zones(region: str) -> tuple[str, ...]:
    """The zones of a region; the first is the one that a request without a zone gets."""
    return tuple(regions()[region]["zones"])


def check_zone(region: str, zone: str) -> None:
    """Refuse a zone that the region does not have; none at all is good."""
    if zone and zone not in zones(region):
        raise BadRequest(not_offered("the zone", zone, zones(region)))


def endpoint(product_host: str, region: str) -> str:
    """The host name of a product in a region, such as ``bcc.bj.baidubce.com``."""
    return f"{product_host}.{region}{CLOUD}"


def regions_named(text: str, product_host: str) -> DescribeRegionsResponse:
    """All regions, or the one that a text names, and where a product is reached in each."""
    named = region_named(text)
    if text and named is None:
        raise OperationDenied(f"no region is called {text!r}; there are {region_names()}")
    return {
        "regions": [
            {"regionId": region, "regionName": offer["name"], "regionEndpoint": endpoint(product_host, region)}
            for region, offer in regions().items()
            if named in {None, region}
        ]
    }


@lru_cache(256)
def region_of_host(host: str, default: str, products: tuple[str, ...]) -> str:
    """The region that a host such as ``bcc.gz.baidubce.com`` or ``bcc.gz.localhost:8080`` names.

    A host that begins with no product of the cloud and ends elsewhere is somebody's own, whatever its labels are.
    """
    name = host.lower().partition(":")[0].rstrip(".")
    product, _, rest = name.partition(".")
    label = rest.partition(".")[0]
    if name.endswith(CLOUD) and f".{rest}" != CLOUD:
        region = region_named(label)
        if region is None:
            raise InvalidURI(f"{label[:64]!r} in the host {name[:128]!r} is no region; there are {region_names()}")
        return region
    return (region_named(label) if product in products else None) or default
