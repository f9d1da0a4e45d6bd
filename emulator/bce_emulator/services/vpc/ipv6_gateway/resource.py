"""What an IPv6 gateway and its rules are. https://cloud.baidu.com/doc/VPC/s/Dkkqigf0v"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class Ipv6Gateway(Resource):
    """The one way of a VPC's IPv6 traffic into the world; bandwidths are Mbps."""

    prefix: ClassVar[str] = "gw"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc"),)

    name: str
    vpc_id: str
    bandwidth: int
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class EgressOnlyRule(Resource):
    """A range that reaches the world and is not reached from there."""

    prefix: ClassVar[str] = "ipv6_seg"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("gateway_id", "vpc.Ipv6Gateway", OnDelete.CASCADE),)

    gateway_id: str
    cidr: str


@dataclass(slots=True, kw_only=True, eq=False)
class RateLimitRule(Resource):
    """How much of the bandwidth an address has."""

    prefix: ClassVar[str] = "ipv6_qos"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("gateway_id", "vpc.Ipv6Gateway", OnDelete.CASCADE),)

    gateway_id: str
    address: str
    ingress: int
    egress: int
