"""Rules of ACLs for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

RULE = "/v1/acl/rule"
WEB = {
    "protocol": "tcp",
    "sourceIpAddress": "10.0.0.0/8",
    "destinationIpAddress": "all",
    "sourcePort": "1-65535",
    "destinationPort": "443",
    "position": 20,
    "direction": "ingress",
    "action": "allow",
    "description": "of a test",
}


def add(cloud: Cloud, *rules: dict[str, Any]) -> None:
    """Add rules, which answers nothing, as in the cloud."""
    assert cloud.ok("POST", RULE, {"aclRules": rules}) == {}


def rules(cloud: Cloud, subnet: str) -> list[dict[str, Any]]:
    """The rules of a subnet that were made, newest first."""
    found: list[dict[str, Any]] = cloud.ok("GET", f"{RULE}?subnetId={subnet}")["aclRules"]
    return found[:-2]
