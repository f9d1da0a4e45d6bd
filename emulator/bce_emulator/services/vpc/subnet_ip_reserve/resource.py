"""What a reserved range of a subnet is. https://cloud.baidu.com/doc/VPC/s/xlgyjw2kn"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource


@dataclass(slots=True, kw_only=True, eq=False)
class ReservedRange(Resource):
    """Addresses of a subnet that something has only if it asks for them by themselves."""

    prefix: ClassVar[str] = "ipr"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("subnet_id", "vpc.Subnet", OnDelete.CASCADE),)

    subnet_id: str
    cidr: str
    desc: str = ""

    @property
    def network(self) -> IPv4Network | IPv6Network:
        """The range of addresses."""
        return ip_network(self.cidr)
