"""What an enterprise security group and its rules are. https://cloud.baidu.com/doc/VPC/s/gl5gqhqtk"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.enterprise_security_group.errors import EsgResourceNotExist, EsgRuleResourceNotExist

GROUPS = account_setting("vpc.enterpriseSecurityGroupQuota", 100, "enterprise security groups in a region")

RULES = account_setting(
    "vpc.enterpriseSecurityGroupRuleQuota", 150, "rules of an enterprise security group in each direction"
)


@dataclass(slots=True, kw_only=True, eq=False)
class EnterpriseSecurityGroup(Resource):
    """What instances of any VPC let in and out, or do not."""

    prefix: ClassVar[str] = "esg"
    id_letters: ClassVar[str] = "lower"
    not_found: ClassVar[type[ApiError]] = EsgResourceNotExist

    name: str
    desc: str = ""
    updated: float = 0.0
    tags: tuple[Tag, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class EnterpriseSecurityGroupRule(Resource):
    """A rule of a group: one of an address, an IP set and an IP group says who is at the other end."""

    prefix: ClassVar[str] = "esgr"
    id_letters: ClassVar[str] = "lower"
    not_found: ClassVar[type[ApiError]] = EsgRuleResourceNotExist
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("group_id", "vpc.EnterpriseSecurityGroup", OnDelete.CASCADE),
        ForeignKey("ip_set_id", "vpc.IpSet"),
        ForeignKey("ip_group_id", "vpc.IpGroup"),
    )

    group_id: str
    direction: str
    ethertype: str
    protocol: str
    port_range: str
    source_port_range: str
    address: str = ""
    ip_set_id: str = ""
    ip_group_id: str = ""
    local_ip: str = ""
    action: str
    priority: int
    remark: str = ""
    updated: float = 0.0
