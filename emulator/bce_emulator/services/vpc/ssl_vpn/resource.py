"""What the SSL server of a VPN gateway and its users are. https://cloud.baidu.com/doc/VPC/s/Jl385fe3r"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource

ACTIVE = "active"


@dataclass(slots=True, kw_only=True, eq=False)
class SslVpnServer(Resource):
    """The one server of a gateway: which subnets its clients reach, and from which range they have addresses."""

    prefix: ClassVar[str] = "sslvpn"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=(ACTIVE,))
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpn_id", "vpc.Vpn"),)

    state: str = ACTIVE
    vpn_id: str
    name: str
    interface_type: str
    local_subnets: tuple[str, ...]
    remote_subnet: str
    client_dns: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class SslVpnUser(Resource):
    """Somebody who may connect; the password is not kept, since nothing reads it."""

    prefix: ClassVar[str] = "ssluser"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("server_id", "vpc.SslVpnServer"),)

    vpn_id: str
    server_id: str
    name: str
    desc: str = ""
    client_name: str = ""
