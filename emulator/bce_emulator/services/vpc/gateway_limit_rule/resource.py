"""What a limit on traffic through a gateway is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class GatewayLimitRule(Resource):
    """How much traffic to a range may leave through a gateway, in Mbps."""

    prefix: ClassVar[str] = "glr"
    id_letters: ClassVar[str] = "lower"

    name: str
    desc: str = ""
    ip_version: str
    service_type: str
    sub_service_type: str = ""
    peer_region: str = ""
    resource_id: str
    direction: str
    cidr: str
    bandwidth: int
    updated: float = 0.0
