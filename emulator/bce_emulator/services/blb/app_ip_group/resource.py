"""What an IP group is, with its protocols and members. https://cloud.baidu.com/doc/BLB/s/6mrlvoz6g"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.blb.health import HealthCheck

IP_GROUPS = account_setting("blb.ipGroupQuota", 50, "IP groups of an application load balancer")
MEMBERS = account_setting("blb.ipGroupMemberQuota", 50, "members of an IP group")

CHECKS = {
    "TCP": ("TCP",),
    "UDP": ("UDP", "ICMP"),
    "HTTP": ("HTTP", "TCP"),
    "HTTPS": ("HTTPS", "HTTP", "TCP"),
}
"""How members of a protocol can be checked; the first is the default."""


@dataclass(slots=True, kw_only=True, eq=False)
class AppIpGroup(Resource):
    """Addresses that policies lead to; where they may be is said once and for all."""

    prefix: ClassVar[str] = "ip_group"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("blb_id", "blb.LoadBalancer", OnDelete.CASCADE),)

    blb_id: str
    name: str
    desc: str = ""
    target_type: str = "customized"
    preserve_client_ip: bool = True


@dataclass(slots=True, kw_only=True, eq=False)
class AppIpGroupProtocol(Resource):
    """A protocol that the members of a group are reached by, and how they are checked."""

    prefix: ClassVar[str] = "ip_group_policy"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("group_id", "blb.AppIpGroup", OnDelete.CASCADE),)

    group_id: str
    type: str
    health_check: HealthCheck


@dataclass(slots=True, kw_only=True, eq=False)
class AppIpGroupMember(Resource):
    """An address and a port in a group."""

    prefix: ClassVar[str] = "ip_member"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("group_id", "blb.AppIpGroup", OnDelete.CASCADE),)

    group_id: str
    ip: str
    port: int
    weight: int
    desc: str = ""
