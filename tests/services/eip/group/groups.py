"""Shared bandwidths for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

POSTPAID = {"paymentTiming": "Postpaid", "billingMethod": "ByBandwidth"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
BODY = {"bandwidthInMbps": 50, "billing": POSTPAID, "eipCount": 2}
NOBODY = "eg-nobody00"


def new_group(cloud: Cloud, **members: Any) -> str:
    """The id of a shared bandwidth."""
    group_id: str = cloud.ok("POST", "/v1/eipgroup", BODY | members)["id"]
    return group_id


def group(cloud: Cloud, group_id: str) -> dict[str, Any]:
    """A shared bandwidth as a client sees it."""
    return cloud.ok("GET", f"/v1/eipgroup/{group_id}")


def group_ips(cloud: Cloud, group_id: str) -> list[str]:
    """The IPv4 addresses in it."""
    return [each["eip"] for each in group(cloud, group_id)["eips"]]


def move_in(cloud: Cloud, group_id: str, *addresses: str) -> None:
    """Move EIPs in, and wait until it is done."""
    cloud.ok("PUT", f"/v1/eipgroup/{group_id}?move_in", {"eips": list(addresses)})
    cloud.clock.advance(5)
