"""What sets and groups of addresses have in common: names, versions, and which security groups are bound to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroupRule

NAME = re.compile(r"[A-Za-z\u4e00-\u9fff][-A-Za-z0-9_/.\u4e00-\u9fff]{0,64}")
MAX_DESCRIPTION = 255
IpVersion = Literal["IPv4", "IPv6"]
Form = TypeVar("Form")
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


def truncated_page(
    form: type[Form], account: AccountRegion, kind: Any, name: str, show: Callable[[Any], Any], request: ListRequest
) -> Form:
    """The page of sets or groups that a request asks for."""
    response: Any = page(
        form,
        account,
        kind,
        name,
        show,
        request.marker,
        request.max_keys,
        lambda each: request.ip_version in {None, each.ip_version},
    )
    response["truncated"] = response["isTruncated"]
    return cast("Form", response)


def rename(found: Any, name: str, description: str | None) -> None:
    """Call and describe a set or a group otherwise; an empty name and no description leave both as they are."""
    if name:
        check_name(name)
    found.name = name or found.name
    found.desc = found.desc if description is None else description


def delete_unused(account: AccountRegion, found: Resource) -> None:
    """Delete a set or a group that nothing names."""
    if users := account.dependents(found):
        raise OperationDenied(f"{found.id} is used by {named(users)}")
    account.remove(found)
