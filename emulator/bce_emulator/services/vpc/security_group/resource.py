"""What a security group is: its facts, its rules and its errors. https://cloud.baidu.com/doc/BCC/s/pjwvynxvl"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.shared.tags import Tag

GROUPS_IN_DEFAULT_VPC = account_setting("vpc.securityGroupQuotaOfDefaultVpc", 100, "security groups in the default VPC")

GROUPS_IN_VPC = account_setting(
    "vpc.securityGroupQuota", 20, "security groups in each other VPC; the default group counts"
)

RULES = account_setting("vpc.securityGroupRuleQuota", 100, "rules of a security group in each direction")

GROUPS_OF_INSTANCE = account_setting("vpc.securityGroupQuotaOfInstance", 10, "security groups bound to one instance")


class Rule(NamedTuple):
    """What a group lets in or out. A rule is never changed, only replaced. Times are Unix seconds."""

    id: str
    direction: str
    ethertype: str = "IPv4"
    protocol: str = "all"
    port_range: str = "1-65535"
    source_ip: str = ""
    source_group_id: str = ""
    dest_ip: str = ""
    dest_group_id: str = ""
    remark: str = ""
    created: float = 0.0
    updated: float = 0.0


def _when_vpc_goes(group: Any) -> OnDelete:
    return OnDelete.CASCADE if group.is_default else OnDelete.RESTRICT


@dataclass(slots=True, kw_only=True, eq=False)
class SecurityGroup(Resource):
    """What instances of one VPC let in and out; the version begins at 1 and goes up with every change of a rule."""

    prefix: ClassVar[str] = "g"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc", _when_vpc_goes),)

    name: str
    desc: str = ""
    vpc_id: str
    is_default: bool = False
    rules: tuple[Rule, ...] = ()
    version: int = 1
    updated: float = 0.0
    tags: tuple[Tag, ...] = ()
