"""What a subnet is. https://cloud.baidu.com/doc/VPC/s/Sjwvyu89a"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.shared.tags import Tag

OWN = 3
"""The first two addresses and the last one of a range are the network's own."""


class SubnetHasNoMoreIp(ApiError):
    """No address of the subnet is free. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SubnetHasNoMoreIpException", "client"
    message = "The subnet has no more ip."


class NotAllowOperateSubnet(ApiError):
    """The subnet is a default one, or something is in it. Known from a client; message and status are proposed."""

    status, code, basis = 409, "NotAllowOperateSubnet", "client"
    message = "The subnet is not allowed to be operated."


class SubnetInUse(ApiError):
    """Another product uses the subnet. Known from a client; message and status are proposed."""

    status, code, basis = 409, "SUBNET_INUSE", "client"
    message = "The subnet is in use."


class ResourceNeedRelease(ApiError):
    """Something in the subnet is to be released first. Known from a client; message and status are proposed."""

    status, code, basis = 409, "ResourceNeedRelease", "client"
    message = "The resource in the subnet need to be released."


@dataclass(slots=True, kw_only=True, eq=False)
class Subnet(Resource):
    """A range of a VPC's addresses in one zone."""

    prefix: ClassVar[str] = "sbn"
    id_letters: ClassVar[str] = "lower"

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
        return IPv4Network(self.cidr)
