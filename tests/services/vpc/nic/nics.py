"""Network interfaces for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_subnet

MOVED = 5
NOBODY = "eni-nobody000000"


def new_eni(cloud: Cloud, **members: Any) -> str:
    """The id of a network interface in the default network."""
    body = {"name": "card", "subnetId": default_subnet(cloud), "privateIpSet": [{"primary": True}]}
    eni_id: str = cloud.ok("POST", "/v1/eni", body | members)["eniId"]
    return eni_id


def attached_eni(cloud: Cloud, instance_id: str, **members: Any) -> str:
    """The id of a network interface that an instance has."""
    eni_id = new_eni(cloud, **members)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", {"instanceId": instance_id})
    cloud.clock.advance(MOVED)
    return eni_id


def eni(cloud: Cloud, eni_id: str) -> dict[str, Any]:
    """A network interface as a client sees it."""
    return cloud.ok("GET", f"/v1/eni/{eni_id}")


def status(cloud: Cloud, eni_id: str) -> str:
    """The status of a network interface."""
    found: str = cloud.ok("GET", f"/v1/eni/{eni_id}/status")["status"]
    return found


def private_ips(cloud: Cloud, eni_id: str) -> list[str]:
    """The IPv4 addresses of a network interface, the primary one first."""
    return [each["privateIpAddress"] for each in eni(cloud, eni_id)["privateIpSet"]]


def primary_eni(cloud: Cloud, instance_id: str) -> str:
    """The id of the card that an instance was made with."""
    found: str = cloud.instance(instance_id)["nicInfo"]["eniId"]
    return found
