"""What a rule of the ACL of a subnet is. https://cloud.baidu.com/doc/VPC/s/fjwvyu6hr"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource

RULES = account_setting("vpc.aclRuleQuota", 150, "rules of an ACL in each direction, without the default ones")


@dataclass(slots=True, kw_only=True, eq=False)
class AclRule(Resource):
    """What a subnet lets in or out, or does not; the rule with the smallest position comes first."""

    prefix: ClassVar[str] = "ar"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("subnet_id", "vpc.Subnet", OnDelete.CASCADE),)

    subnet_id: str
    desc: str = ""
    protocol: str
    source: str
    destination: str
    source_port: str
    destination_port: str
    position: int
    direction: str
    ip_version: int
    action: str
