"""Protection packages for tests, bought as a client buys them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.services.eip.eip.addresses import new_eip

NOBODY = "ipDdos-nobody00"
ORDER = {
    "name": "shield",
    "lineType": "BGP",
    "ipCapacity": 5,
    "reservationLength": 10,
    "reservationTimeUnit": "DAY",
}


def new_tbsp(cloud: Cloud, **members: Any) -> str:
    """The id of a package."""
    tbsp_id: str = cloud.ok("POST", "/v1/tbsp", ORDER | members)["id"]
    return tbsp_id


def protect(cloud: Cloud, tbsp_id: str, *addresses: str) -> None:
    """Have a package protect EIPs."""
    cloud.ok("PUT", f"/v1/tbsp/{tbsp_id}?bind", {"ipList": addresses})


def protected_eip(cloud: Cloud, **members: Any) -> tuple[str, str]:
    """The id of a package and the address of the EIP that it protects."""
    tbsp_id, address = new_tbsp(cloud, **members), new_eip(cloud)
    protect(cloud, tbsp_id, address)
    return tbsp_id, address


def tbsp(cloud: Cloud, tbsp_id: str) -> dict[str, Any]:
    """A package as a client sees it."""
    return cloud.ok("GET", f"/v1/tbsp/{tbsp_id}")


def protected_ips(cloud: Cloud, tbsp_id: str) -> list[str]:
    """The addresses that a package protects."""
    return [each["ip"] for each in tbsp(cloud, tbsp_id)["ipList"]]


def tbsp_names(cloud: Cloud, query: str = "") -> list[str]:
    """The names of those in the list."""
    return [each["name"] for each in cloud.ok("GET", f"/v1/tbsp?{query}")["detailList"]]
