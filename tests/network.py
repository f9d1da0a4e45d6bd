"""Networks for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

ZONE = "cn-bj-a"
CIDR, SUBNET_CIDR = "10.0.0.0/16", "10.0.1.0/24"


def make_vpc(cloud, **members: Any) -> str:
    vpc_id: str = cloud.ok("POST", "/v1/vpc", {"name": "test", "cidr": CIDR} | members)["vpcId"]
    return vpc_id


def make_subnet(cloud, vpc_id: str, **members: Any) -> str:
    body = {"name": "test", "vpcId": vpc_id, "zoneName": ZONE, "cidr": SUBNET_CIDR} | members
    subnet_id: str = cloud.ok("POST", "/v1/subnet", body)["subnetId"]
    return subnet_id


def vpc(cloud, vpc_id: str) -> dict[str, Any]:
    found: dict[str, Any] = cloud.ok("GET", f"/v1/vpc/{vpc_id}")["vpc"]
    return found


def subnet(cloud, subnet_id: str) -> dict[str, Any]:
    found: dict[str, Any] = cloud.ok("GET", f"/v1/subnet/{subnet_id}")["subnet"]
    return found


def default_vpc(cloud) -> str:
    found: str = cloud.ok("GET", "/v1/vpc?isDefault=true")["vpcs"][0]["vpcId"]
    return found


def default_subnet(cloud, zone: str = ZONE) -> str:
    target = f"/v1/subnet?vpcId={default_vpc(cloud)}&zoneName={zone}"
    found: str = cloud.ok("GET", target)["subnets"][-1]["subnetId"]
    return found


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]
