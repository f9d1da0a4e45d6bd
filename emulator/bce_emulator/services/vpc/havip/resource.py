"""What a HaVip is. https://cloud.baidu.com/doc/VPC/s/0le5gd07h"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.vpc.havip.lifecycle import AVAILABLE, LIFECYCLE

HAVIP_QUOTA = account_setting("vpc.havipQuota", 10, "HaVips in a VPC")
MAX_MEMBERS = 5
"""How many instances and network interfaces can have one."""


class Member(NamedTuple):
    """What a HaVip is bound to: its id, and its type in the word of the request."""

    id: str
    type: str


@dataclass(slots=True, kw_only=True, eq=False)
class HaVip(Resource):
    """A private address that moves between instances or network interfaces; the first of them is its master."""

    prefix: ClassVar[str] = "havip"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("subnet_id", "vpc.Subnet"),)

    state: str = AVAILABLE
    name: str
    desc: str = ""
    vpc_id: str
    subnet_id: str
    private_ip: str
    public_ip: str = ""
    members: tuple[Member, ...] = ()
