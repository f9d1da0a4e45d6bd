"""IPv6 gateways for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import make_vpc, vpc

POSTPAID = {"paymentTiming": "Postpaid"}
NOBODY = "gw-00000000"


def body(vpc_id: str, **members: Any) -> dict[str, Any]:
    """What makes an IPv6 gateway in a VPC."""
    return {"vpcId": vpc_id, "name": "six", "bandwidthInMbps": 10, "billing": POSTPAID} | members


def new_gateway(cloud: Cloud, **members: Any) -> tuple[str, str, str]:
    """The ids of a VPC and of its IPv6 gateway, and how the IPv6 addresses of the VPC begin."""
    vpc_id = make_vpc(cloud, enableIpv6=True)
    gateway_id: str = cloud.ok("POST", "/v1/IPv6Gateway", body(vpc_id, **members))["gatewayId"]
    return vpc_id, gateway_id, vpc(cloud, vpc_id)["ipv6Cidr"].partition("::")[0]


def gateway(cloud: Cloud, vpc_id: str) -> dict[str, Any]:
    """The IPv6 gateway of a VPC as a client sees it."""
    return cloud.ok("GET", f"/v1/IPv6Gateway?vpcId={vpc_id}")
