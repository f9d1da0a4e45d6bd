"""What sets and groups of addresses have in common: names, versions, and which security groups are bound to them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.pages import MAX_KEYS, Page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroupRule

NAME = re.compile(r"[A-Za-z\u4e00-\u9fff][-A-Za-z0-9_/.\u4e00-\u9fff]{0,64}")
MAX_DESCRIPTION = 255
IpVersion = Literal["IPv4", "IPv6"]
Description = Annotated[str, Field(max_length=MAX_DESCRIPTION)]


class ListRequest(Model):
    """Perhaps of which IP version."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    ip_version: IpVersion | None = None


class BoundInstanceView(TypedDict):
    """An enterprise security group with a rule that names the set or the group."""

    instanceId: str
    instanceType: str


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule."""
    if NAME.fullmatch(name) is None:
        raise BadRequest("name is 1 to 65 letters, digits, Chinese characters and -_/., a letter or Chinese first")


def bound_groups(account: AccountRegion, field: str, name: str) -> list[BoundInstanceView]:
    """The enterprise security groups with rules whose field names this."""
    found = dict.fromkeys(rule.group_id for rule in account.where(EnterpriseSecurityGroupRule, field, name))
    return [{"instanceId": group_id, "instanceType": "ESG"} for group_id in found]


class TruncatedPage(Page):
    """A page that says twice whether more follows: the Java client knows the second member only."""

    truncated: bool
