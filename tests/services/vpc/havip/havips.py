"""HaVips for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.network import default_subnet

NOBODY = "havip-nobody000000"


def body(cloud: Cloud, **members: Any) -> dict[str, Any]:
    """What makes a HaVip in the default network."""
    return {"name": "floating", "subnetId": default_subnet(cloud), "privateIpAddress": ""} | members


def new_havip(cloud: Cloud, **members: Any) -> str:
    """The id of a HaVip."""
    havip_id: str = cloud.ok("POST", "/v1/havip", body(cloud, **members))["haVipId"]
    return havip_id


def havip(cloud: Cloud, havip_id: str) -> dict[str, Any]:
    """A HaVip as a client sees it."""
    return cloud.ok("GET", f"/v1/havip/{havip_id}")
