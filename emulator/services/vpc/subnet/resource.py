"""What a subnet is. https://cloud.baidu.com/doc/VPC/s/Sjwvyu89a"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import ClassVar

from emulator.engine.errors import ApiError
from emulator.engine.resources import Resource


class SubnetHasNoMoreIp(ApiError):
    """No address of the subnet is free. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SubnetHasNoMoreIpException", "client"
    message = "The subnet has no more ip."


@dataclass(slots=True, kw_only=True, eq=False)
class Subnet(Resource):
    """A range of a VPC's addresses in one zone. The first two addresses and the last are the network's own."""

    prefix: ClassVar[str] = "sbn"
    id_letters: ClassVar[str] = "lower"

    name: str
    vpc_id: str
    cidr: str
    zone: str
    desc: str = ""
    subnet_type: str = "BCC"
    is_default: bool = False
    next_free: int = 2

    @property
    def network(self) -> IPv4Network:
        """The range of addresses."""
        return IPv4Network(self.cidr)
