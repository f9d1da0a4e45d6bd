"""EIPs for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

POSTPAID = {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
BODY = {"bandwidthInMbps": 100, "billing": POSTPAID}
MADE, BOUND = 5, 3
DAY = 86_400
MONTH = 31 * DAY


def new_eip(cloud: Cloud, **members: Any) -> str:
    """The address of an EIP whose making is over."""
    address: str = cloud.ok("POST", "/v1/eip", BODY | members)["eip"]
    cloud.clock.advance(MADE)
    return address


def bound_eip(cloud: Cloud, instance_id: str, **members: Any) -> str:
    """The address of an EIP that an instance has."""
    address = new_eip(cloud, **members)
    bind(cloud, address, instance_id)
    cloud.clock.advance(BOUND)
    return address


def bind(cloud: Cloud, address: str, instance_id: str, instance_type: str = "BCC", **members: Any) -> None:
    """Begin to bind an EIP."""
    cloud.ok("PUT", f"/v1/eip/{address}?bind", target(instance_id, instance_type, **members))


def target(instance_id: str, instance_type: str = "BCC", **members: Any) -> dict[str, Any]:
    """What to bind an EIP to."""
    return {"instanceType": instance_type, "instanceId": instance_id, **members}


def listed(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    """EIPs as a client sees them."""
    found: list[dict[str, Any]] = cloud.ok("GET", f"/v1/eip?{query}")["eipList"]
    return found


def addresses(cloud: Cloud, query: str = "") -> list[str]:
    """The addresses of the same."""
    return [each["eip"] for each in listed(cloud, query)]


def eip(cloud: Cloud, address: str) -> dict[str, Any]:
    """An EIP as a client sees it."""
    version = "ipv6" if ":" in address else "ipv4"
    return listed(cloud, f"eip={address}&ipVersion={version}")[0]


def status(cloud: Cloud, address: str) -> str:
    """The status of an EIP as a client sees it."""
    return str(eip(cloud, address)["status"])


def in_bin(cloud: Cloud, query: str = "") -> list[str]:
    """The addresses in the recycle bin."""
    return [each["eip"] for each in cloud.ok("GET", f"/v1/eip/recycle?{query}")["eipList"]]
