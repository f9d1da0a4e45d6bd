"""What a group of sets of addresses is. https://cloud.baidu.com/doc/VPC/s/2lugadv9m"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, Resource


@dataclass(slots=True, kw_only=True, eq=False)
class IpGroup(Resource):
    """Sets of one IP version that rules of enterprise security groups can name together."""

    prefix: ClassVar[str] = "ipg"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("ip_set_ids", "vpc.IpSet"),)

    name: str
    desc: str = ""
    ip_version: str
    ip_set_ids: tuple[str, ...] = ()
