"""Create and delete enterprise security groups."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import QualifyNotPass
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.enterprise_security_group.errors import (
    EsgBindStatusInvalid,
    EsgDescTooLong,
    EsgExceedQuota,
    EsgNameDuplicate,
    EsgNameEmpty,
    EsgNameInvalid,
    EsgNameTooLong,
    EsgResourceNotExist,
)
from bce_emulator.services.vpc.enterprise_security_group.resource import GROUPS, EnterpriseSecurityGroup
from bce_emulator.services.vpc.enterprise_security_group.rules import (
    RULE_ERRORS,
    EnterpriseRuleModel,
    add_rules,
    check_beside,
    check_number,
    rule_of,
)
from bce_emulator.services.vpc.quotas import check_quota

MAX_NAME, MAX_DESC = 65, 200


class CreateEnterpriseSecurityGroupRequest(Model):
    """A name, and the first rules."""

    client_token: ClientToken = ""
    name: str = ""
    desc: str = ""
    rules: tuple[EnterpriseRuleModel, ...] = ()
    tags: tuple[TagModel, ...] = ()


class DeleteEnterpriseSecurityGroupRequest(Model):
    """Which group to delete."""

    client_token: ClientToken = ""
    enterprise_security_group_id: str


class CreateEnterpriseSecurityGroupResponse(TypedDict):
    """The group that was made."""

    enterpriseSecurityGroupId: str


@operation(
    "POST /v1/enterprise/security",
    errors=[
        QualifyNotPass,
        EsgNameEmpty,
        EsgNameTooLong,
        EsgNameInvalid,
        EsgNameDuplicate,
        EsgDescTooLong,
        EsgExceedQuota,
        *RULE_ERRORS,
    ],
    doc="https://cloud.baidu.com/doc/VPC/s/gl5gqhqtk",
)
def create_enterprise_security_group(
    account: AccountRegion, request: CreateEnterpriseSecurityGroupRequest
) -> CreateEnterpriseSecurityGroupResponse:
    """Make an enterprise security group, which is of no VPC."""
    require_real_name(account)
    _check_name(account, request.name)
    if len(request.desc) > MAX_DESC:
        raise EsgDescTooLong
    check_number(request.rules)
    rules = [rule_of(model) for model in request.rules]
    check_beside(account, rules, [])
    check_quota(account, GROUPS, len(account.collection(EnterpriseSecurityGroup)) + 1, EsgExceedQuota)
    group = account.add(
        EnterpriseSecurityGroup(
            id=account.new_id(EnterpriseSecurityGroup),
            name=request.name,
            desc=request.desc,
            updated=account.clock.now(),
            tags=tags_of(request.tags),
        )
    )
    add_rules(account, group, rules)
    return {"enterpriseSecurityGroupId": group.id}


@operation(
    "DELETE /v1/enterprise/security/{enterpriseSecurityGroupId}",
    errors=[EsgResourceNotExist, EsgBindStatusInvalid],
    doc="https://cloud.baidu.com/doc/VPC/s/yl5jcu51m",
)
def delete_enterprise_security_group(account: AccountRegion, request: DeleteEnterpriseSecurityGroupRequest) -> None:
    """Delete an enterprise security group that nothing is in, with its rules."""
    group = account.get(EnterpriseSecurityGroup, request.enterprise_security_group_id)
    if inside := account.dependents(group):
        raise EsgBindStatusInvalid(f"the group is bound to {named(inside)}")
    account.remove(group)


def _check_name(account: AccountRegion, name: str) -> None:
    if not name:
        raise EsgNameEmpty
    if len(name) > MAX_NAME:
        raise EsgNameTooLong
    if not is_name(name) or " " in name:
        raise EsgNameInvalid
    if account.find_by(EnterpriseSecurityGroup, "name", name):
        raise EsgNameDuplicate
