"""Create and delete security groups."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named, when_gone
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.security_group.errors import InstancesAssociated, RuleDuplicated, RuleNumberExceededLimit
from bce_emulator.services.vpc.security_group.resource import GROUPS_IN_DEFAULT_VPC, GROUPS_IN_VPC, SecurityGroup
from bce_emulator.services.vpc.security_group.rules import (
    FORM_ERRORS,
    RuleModel,
    check_groups_of,
    check_number,
    check_unique,
    rule_of,
    set_rules,
    with_id,
)
from bce_emulator.services.vpc.vpc.default import default_vpc
from bce_emulator.services.vpc.vpc.resource import Vpc

MAX_DESC = 200


class CreateSecurityGroupRequest(Model):
    """A name, the VPC (the default one if none is named), and the first rules."""

    client_token: ClientToken = ""
    name: str
    desc: Annotated[str, Field(max_length=MAX_DESC)] = ""
    vpc_id: str = ""
    rules: tuple[RuleModel, ...] = ()
    tags: tuple[TagModel, ...] = ()


class DeleteSecurityGroupRequest(Model):
    """Which security group to delete."""

    client_token: ClientToken = ""
    security_group_id: str


class CreateSecurityGroupResponse(TypedDict):
    """The security group that was made."""

    securityGroupId: str


@operation(
    "POST /v2/securityGroup",
    errors=[QualifyNotPass, *FORM_ERRORS, NoSuchObject, RuleDuplicated, RuleNumberExceededLimit, QuotaLimitExceeded],
    doc="https://cloud.baidu.com/doc/BCC/s/0jwvynwij",
    product="bcc",
)
def create_security_group(account: AccountRegion, request: CreateSecurityGroupRequest) -> CreateSecurityGroupResponse:
    """Create a security group in a VPC."""
    require_real_name(account)
    if not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    rules = tuple(rule_of(model) for model in request.rules)
    vpc = account.get(Vpc, request.vpc_id) if request.vpc_id else default_vpc(account)
    for rule in rules:
        check_groups_of(account, rule)
    check_unique(rules)
    check_number(account, rules)
    most = account.setting(GROUPS_IN_DEFAULT_VPC if vpc.is_default else GROUPS_IN_VPC)
    if len(account.where(SecurityGroup, "vpc_id", vpc.id)) >= most:
        raise QuotaLimitExceeded(f"{vpc.id} has {most} security groups")
    group = SecurityGroup(
        id=account.new_id(SecurityGroup),
        name=request.name,
        desc=request.desc,
        vpc_id=vpc.id,
        rules=tuple(with_id(account, rule) for rule in rules),
        tags=tags_of(request.tags),
    )
    return {"securityGroupId": account.add(group).id}


@operation(
    "DELETE /v2/securityGroup/{securityGroupId}",
    errors=[NoSuchObject, OperationDenied, InstancesAssociated],
    doc="https://cloud.baidu.com/doc/BCC/s/cjwvynwvj",
    product="bcc",
)
def delete_security_group(account: AccountRegion, request: DeleteSecurityGroupRequest) -> None:
    """Delete a security group that is not in use; rules of other groups that name it go with it."""
    group = account.get(SecurityGroup, request.security_group_id)
    if group.is_default:
        raise OperationDenied("the default security group of a VPC cannot be deleted")
    if inside := account.dependents(group):
        raise InstancesAssociated(f"the group is bound to {named(inside)}")
    account.remove(group)


@when_gone(SecurityGroup)
def remove_rules_of_others(account: AccountRegion, group: SecurityGroup) -> None:
    """The rules of other groups that name a group go with it."""
    for other in account.all(SecurityGroup):
        kept = tuple(rule for rule in other.rules if group.id not in {rule.source_group_id, rule.dest_group_id})
        if len(kept) < len(other.rules):
            set_rules(account, other, kept)
