"""Instances of HPAS for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

ORDER = {
    "appType": "llama2_7B_train",
    "appPerformanceLevel": "10k",
    "zoneName": "cn-bj-a",
    "imageId": "m-Xz6svNFM",
}
RESERVED = {"appType": "llama2_7B_train", "appPerformanceLevel": "10k", "zoneName": "cn-bj-a"}
NOBODY = "hpas-nobody00"


def ask(cloud: Cloud, action: str, body: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    """The answer to a call of HPAS that must succeed."""
    return cloud.ok(method, f"/?action={action}", body)


def new_subnet(cloud: Cloud, zone: str = "cn-bj-a", cidr: str = "10.0.0.0/24", vpc_id: str = "") -> str:
    """The id of a subnet, in a VPC of its own if none is named."""
    vpc_id = vpc_id or cloud.ok("POST", "/v1/vpc", {"name": "net", "cidr": "10.0.0.0/16"})["vpcId"]
    order = {"name": "part", "vpcId": vpc_id, "zoneName": zone, "cidr": cidr}
    subnet_id: str = cloud.ok("POST", "/v1/subnet", order)["subnetId"]
    return subnet_id


def new_instances(cloud: Cloud, subnet_id: str, **members: Any) -> list[str]:
    """The ids of instances that run."""
    made: list[str] = ask(cloud, "CreateInstances", ORDER | {"subnetId": subnet_id} | members)["hpasIds"]
    cloud.clock.advance(120)
    return made


def listed(cloud: Cloud, **filters: Any) -> list[dict[str, Any]]:
    """The instances that fit, as a client lists them."""
    found: list[dict[str, Any]] = ask(cloud, "DescribeHPASInstances", filters)["hpass"]
    return found


def shown(cloud: Cloud, hpas_id: str) -> dict[str, Any]:
    """One instance as a client sees it."""
    return listed(cloud, hpasIds=[hpas_id])[0]
