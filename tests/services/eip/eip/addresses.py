"""EIPs for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

POSTPAID = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
BODY = {"bandwidthInMbps": 100, "billing": POSTPAID}
MADE = 5


def new_eip(cloud: Cloud, **members: Any) -> str:
    """The address of an EIP whose making is over."""
    address: str = cloud.ok("POST", "/v1/eip", BODY | members)["eip"]
    cloud.clock.advance(MADE)
    return address


def listed(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    """EIPs as a client sees them."""
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/eip?{query}")["eipList"]
    return found


def addresses(cloud: Cloud, query: str = "") -> list[str]:
    """The addresses of the same."""
    return [each["eip"] for each in listed(cloud, query)]


def eip(cloud: Cloud, address: str) -> dict[str, Any]:
    """An EIP as a client sees it."""
    return listed(cloud, f"eip={address}")[0]
