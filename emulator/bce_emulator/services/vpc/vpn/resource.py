"""What a VPN gateway is. https://cloud.baidu.com/doc/VPC/s/tk2y913ko"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.vpn.lifecycle import BUILDING, LIFECYCLE

VPN_QUOTA = account_setting("vpc.vpnQuota", 3, "VPN gateways in a VPC")
IPSEC, SSL = "IPSec", "SSL"


@dataclass(slots=True, kw_only=True, eq=False)
class Vpn(Resource):
    """A gateway of one of two types; ``max_connection`` is for SSL clients, bandwidth is Mbps."""

    prefix: ClassVar[str] = "vpn"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("vpc_id", "vpc.Vpc"),
        ForeignKey("subnet_id", "vpc.Subnet"),
    )

    state: str = BUILDING
    name: str
    desc: str = ""
    vpc_id: str
    subnet_id: str = ""
    vpn_type: str = IPSEC
    max_connection: int = 0
    payment: str = "Postpaid"
    expires: float | None = None
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()
    public_ip: str = ""
    public_bandwidth: int = 0
