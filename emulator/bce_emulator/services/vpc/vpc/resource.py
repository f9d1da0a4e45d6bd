"""What a VPC is. https://cloud.baidu.com/doc/VPC/s/yjwvyuaeo"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class Vpc(Resource):
    """A private network."""

    prefix: ClassVar[str] = "vpc"
    id_letters: ClassVar[str] = "lower"

    name: str
    cidr: str
    secondary_cidrs: tuple[str, ...] = ()
    ipv6_cidr: str = ""
    desc: str = ""
    is_default: bool = False
    relay: bool = False
    name_servers: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def cidrs(self) -> tuple[str, ...]:
        """All its IPv4 ranges."""
        return (self.cidr, *self.secondary_cidrs)
