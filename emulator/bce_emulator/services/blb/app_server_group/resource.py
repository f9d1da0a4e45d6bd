"""What a server group is, with its ports and servers. https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.blb.errors import BackendServerNotFound
from bce_emulator.services.blb.health import HealthCheck

GROUPS = account_setting("blb.serverGroupQuota", 50, "server groups of an application load balancer")
PORTS = account_setting("blb.serverGroupPortQuota", 20, "ports of a server group")
SERVERS = account_setting("blb.serverGroupServerQuota", 50, "servers of a server group")

CHECKS = {"TCP": ("TCP",), "UDP": ("UDP", "ICMP"), "HTTP": ("HTTP", "TCP")}
"""How a port of a protocol can be checked; the first is the default."""


@dataclass(slots=True, kw_only=True, eq=False)
class AppServerGroup(Resource):
    """Servers that policies lead to."""

    prefix: ClassVar[str] = "sg"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("blb_id", "blb.LoadBalancer", OnDelete.CASCADE),)

    blb_id: str
    name: str
    desc: str = ""
    preserve_client_ip: bool = True


@dataclass(slots=True, kw_only=True, eq=False)
class AppServerGroupPort(Resource):
    """A port that every server of a group is reached at, and how it is checked."""

    prefix: ClassVar[str] = "port"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("group_id", "blb.AppServerGroup", OnDelete.CASCADE),)

    blb_id: str
    group_id: str
    port: int
    type: str
    health_check: HealthCheck


@dataclass(slots=True, kw_only=True, eq=False)
class AppServer(Resource):
    """An instance in a server group; outside it goes by the id of the instance."""

    prefix: ClassVar[str] = "rs"
    id_letters: ClassVar[str] = "hex"
    not_found: ClassVar[type[ApiError]] = BackendServerNotFound
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("group_id", "blb.AppServerGroup", OnDelete.CASCADE),)

    group_id: str
    instance_id: str
    weight: int
    desc: str = ""
