"""Regions and their zones, as one table for every product: ``regions.json``."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson

from bce_emulator.engine.errors import BadRequest


@cache
def regions() -> dict[str, dict[str, Any]]:
    """Every region by its short name: name and zones."""
    table = orjson.loads(Path(__file__).with_name("regions.json").read_bytes())
    return {region["region"]: region for region in table}


def zones(region: str) -> tuple[str, ...]:
    """The zones of a region; the first is the one that a request without a zone gets."""
    return tuple(regions()[region]["zones"])


def check_zone(region: str, zone: str) -> None:
    """Refuse a zone that the region does not have; none at all is good."""
    if zone and zone not in zones(region):
        raise BadRequest(f"{zone!r} is none of the zones of {region}")


def endpoint(product_host: str, region: str) -> str:
    """The host name of a product in a region, such as ``bcc.bj.baidubce.com``."""
    return f"{product_host}.{region}.baidubce.com"


@lru_cache(256)
def region_of_host(host: str, default: str) -> str:
    """The region that a host such as ``bcc.gz.baidubce.com`` or ``bcc.gz.localhost:8080`` names."""
    label = host.partition(".")[2].partition(".")[0]
    return label if label in regions() else default
