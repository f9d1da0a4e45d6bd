"""Enterprise security groups for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

CREATE = "/v1/enterprise/security"
NOBODY = "esg-nobody000000"
HTTPS = {
    "direction": "ingress",
    "ethertype": "IPv4",
    "protocol": "tcp",
    "portRange": "443",
    "sourceIp": "10.0.0.0/8",
    "action": "allow",
    "priority": 100,
}


def new_esg(cloud: Cloud, name: str = "web", **members: Any) -> str:
    """The id of an enterprise security group."""
    group_id: str = cloud.ok("POST", CREATE, {"name": name, "rules": []} | members)["enterpriseSecurityGroupId"]
    return group_id


def esgs(cloud: Cloud, query: str = "") -> list[dict[str, Any]]:
    """The enterprise security groups as a client sees them."""
    found: list[dict[str, Any]] = cloud.ok("GET", f"{CREATE}{query}")["enterpriseSecurityGroups"]
    return found


def esg(cloud: Cloud, group_id: str) -> dict[str, Any]:
    """One of them."""
    return next(each for each in esgs(cloud) if each["id"] == group_id)
