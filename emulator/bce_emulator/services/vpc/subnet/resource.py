"""What a subnet is. https://cloud.baidu.com/doc/VPC/s/Sjwvyu89a"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.shared.cidr import ipv4_network
from bce_emulator.services.shared.tags import Tag

OWN = 3
"""The first two addresses and the last one of a range are the network's own."""


@dataclass(slots=True, kw_only=True, eq=False)
class Subnet(Resource):
    """A range of a VPC's addresses in one zone."""

    prefix: ClassVar[str] = "sbn"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc"),)

    name: str
    vpc_id: str
    cidr: str
    ipv6_cidr: str = ""
    zone: str
    desc: str = ""
    subnet_type: str = "BCC"
    is_default: bool = False
    next_free: int = 2
    tags: tuple[Tag, ...] = ()

    @property
    def network(self) -> IPv4Network:
        """The range of addresses."""
        return ipv4_network(self.cidr)

    @property
    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The ranges of IPv4 and, if it has some, of IPv6 addresses."""
        return (self.network, IPv6Network(self.ipv6_cidr)) if self.ipv6_cidr else (self.network,)
