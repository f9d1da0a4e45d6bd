"""What a VPC is. https://cloud.baidu.com/doc/VPC/s/yjwvyuaeo"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.shared.tags import Tag


class NotAllowDeleteVpc(ApiError):
    """The VPC is the default one, or something is in it. Known from a client; message and status are proposed."""

    status, code, basis = 409, "NotAllowDeleteVpc", "client"
    message = "The vpc is not allowed to be deleted."


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
