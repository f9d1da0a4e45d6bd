"""Sets of addresses and groups of them for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

SET, GROUP = "/v1/ipSet", "/v1/ipGroup"
SIX = {"ipVersion": "IPv6", "ipAddressInfo": [{"ipAddress": "2001:db8::/32"}]}


def addresses(*texts: str) -> list[dict[str, str]]:
    return [{"ipAddress": text, "description": f"is {text}"} for text in texts]


def new_set(cloud: Cloud, *texts: str, **members: Any) -> str:
    """The id of a set."""
    body = {"name": "offices", "ipVersion": "IPv4", "ipAddressInfo": addresses(*texts or ("10.0.0.1",))}
    set_id: str = cloud.ok("POST", SET, body | members)["ipSetId"]
    return set_id


def new_group(cloud: Cloud, *sets: str, **members: Any) -> str:
    """The id of a group of sets."""
    body = {"name": "everybody", "ipVersion": "IPv4", "ipSetIds": sets}
    group_id: str = cloud.ok("POST", GROUP, body | members)["ipGroupId"]
    return group_id
