"""NAT gateways for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_vpc

POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "Month"}}
BUILT, BOUND, RESIZED, GONE = 10, 3, 5, 5
NOBODY = "nat-nobody000000"


def body(cloud: Cloud, **members: Any) -> dict[str, Any]:
    """What makes a small NAT gateway in the default VPC."""
    return {"name": "way out", "vpcId": default_vpc(cloud), "spec": "small", "billing": POSTPAID} | members


def new_nat(cloud: Cloud, **members: Any) -> str:
    """The id of a NAT gateway that is built."""
    nat_id: str = cloud.ok("POST", "/v1/nat", body(cloud, **members))["natId"]
    cloud.clock.advance(BUILT)
    return nat_id


def nat(cloud: Cloud, nat_id: str) -> dict[str, Any]:
    """A NAT gateway as a client sees it."""
    return cloud.ok("GET", f"/v1/nat/{nat_id}")


def status(cloud: Cloud, nat_id: str) -> str:
    """The status of a NAT gateway."""
    found: str = nat(cloud, nat_id)["status"]
    return found


def rules(cloud: Cloud, nat_id: str, kind: str) -> dict[str, dict[str, Any]]:
    """The rules of a NAT gateway, by their ids."""
    return {each["ruleId"]: each for each in cloud.ok("GET", f"/v1/nat/{nat_id}/{kind}")["rules"]}
