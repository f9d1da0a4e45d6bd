"""Service publishing points for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_subnet, default_vpc
from tests.services.blb.balancer.balancers import new_balancer

ALLOWED = {"uid": "*", "auth": "allow"}
NOWHERE = "/v1/service/shop.uservice-00000000.beijing.baidubce.com"


def order(balancer: str, **members: Any) -> dict[str, Any]:
    return {"name": "shop", "serviceName": "shop", "instanceId": balancer} | members


def new_point(cloud: Cloud, **members: Any) -> str:
    """The target of a new point."""
    return "/v1/service/" + cloud.ok("POST", "/v1/service", order(new_balancer(cloud), **members))["service"]


def new_card(cloud: Cloud, target: str) -> str:
    """The id of a new card that leads to a point."""
    body = {"vpcId": default_vpc(cloud), "subnetId": default_subnet(cloud), "billing": {"paymentTiming": "Postpaid"}}
    made: str = cloud.ok(
        "POST", "/v1/endpoint", body | {"name": "card", "service": target.removeprefix("/v1/service/")}
    )["id"]
    return made
