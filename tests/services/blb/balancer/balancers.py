"""Load balancers for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc

CREATED, UPDATED, MONTH, DAY = 4, 2, 31 * 86_400, 86_400
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
BY_CAPACITY = {"paymentTiming": "Postpaid", "billingMethod": "ByCapacityUnit"}
NOBODY = "lb-00000000"
FAMILIES = ("blb", "appblb")


def body(cloud: Cloud, **members: Any) -> dict[str, Any]:
    """What makes a load balancer in the default subnet."""
    return {"vpcId": default_vpc(cloud), "subnetId": default_subnet(cloud)} | members


def new_balancer(cloud: Cloud, family: str = "blb", **members: Any) -> str:
    """The id of an available load balancer."""
    made: str = cloud.ok("POST", f"/v1/{family}", body(cloud, **members))["blbId"]
    cloud.clock.advance(CREATED)
    return made


def balancer(cloud: Cloud, blb_id: str, family: str = "blb") -> dict[str, Any]:
    """A load balancer as a client sees it."""
    return cloud.ok("GET", f"/v1/{family}/{blb_id}")


def listed(cloud: Cloud, query: str = "", family: str = "blb") -> list[str]:
    """The ids in a list."""
    return [each["blbId"] for each in cloud.ok("GET", f"/v1/{family}?{query}")["blbList"]]


def ipv6_network(cloud: Cloud) -> dict[str, str]:
    """A VPC and a subnet with IPv6 addresses."""
    vpc = make_vpc(cloud, enableIpv6=True)
    return {"vpcId": vpc, "subnetId": make_subnet(cloud, vpc, enableIpv6=True)}
