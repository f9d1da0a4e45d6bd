"""What a VPN connection is. https://cloud.baidu.com/doc/VPC/s/Bk2ynne1n"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource

ACTIVE = "active"


class Ike(NamedTuple):
    """How the two ends find that they are who they say; life is in seconds."""

    version: str
    mode: str
    encryption: str
    authentication: str
    group: str
    life: int


class Ipsec(NamedTuple):
    """How the traffic is protected; life is in seconds."""

    encryption: str
    authentication: str
    group: str
    life: int


@dataclass(slots=True, kw_only=True, eq=False)
class VpnConn(Resource):
    """A tunnel of a VPN gateway to an address, which may be that of a customer gateway."""

    prefix: ClassVar[str] = "vpnconn"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=(ACTIVE,))
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("vpn_id", "vpc.Vpn"),
        ForeignKey("cgw_id", "vpc.CustomerGateway"),
    )

    state: str = ACTIVE
    vpn_id: str
    name: str
    desc: str = ""
    secret_key: str = field(repr=False)
    local_subnets: tuple[str, ...]
    remote_subnets: tuple[str, ...]
    remote_ip: str
    cgw_id: str = ""
    ike: Ike
    ipsec: Ipsec
