"""Bind, unbind and replace the security groups of many instances at once, all or none."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import ExpiredInstanceForbiddenBind
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import AcceptedResponse, accepted
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.nic.primary import Groups, with_groups, without_groups
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from bce_emulator.services.vpc.security_group.membership import GroupIds
from bce_emulator.services.vpc.security_group.resource import SecurityGroup

BIND_ERRORS = [NoSuchObject, OperationDenied, ExpiredInstanceForbiddenBind, BindInstanceExceededLimit]
REPLACE_ERRORS = [NoSuchObject, ExpiredInstanceForbiddenBind, BindInstanceExceededLimit]

Ids = Annotated[tuple[str, ...], Field(min_length=1)]


class InstancesAndGroups(Model):
    """Some instances and some security groups of one type."""

    client_token: ClientToken = ""
    instance_ids: Ids
    security_group_ids: Ids
    security_group_type: Literal["enterprise", "normal"]


class BindInstanceSecurityGroupRequest(InstancesAndGroups):
    """Which instances to bind to which security groups."""


class UnbindInstanceSecurityGroupRequest(InstancesAndGroups):
    """Which instances to unbind from which security groups."""


class ReplaceInstanceSecurityGroupRequest(InstancesAndGroups):
    """Which instances to give which security groups in place of those they have."""


@operation("PUT /v2/securitygroup/bind", errors=BIND_ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/km7tz37v9")
def bind_instance_security_group(
    account: AccountRegion, request: BindInstanceSecurityGroupRequest, call: Call
) -> AcceptedResponse:
    """Bind instances to further security groups."""
    instances, groups = _named(account, request)
    _give(account, instances, [_with(account, instance, groups) for instance in instances])
    return accepted(call)


@operation(
    "PUT /v2/securitygroup/unbind",
    errors=[NoSuchObject, LastSecurityGroup],
    doc="https://cloud.baidu.com/doc/BCC/s/ym7tzsn23",
)
def unbind_instance_security_group(
    account: AccountRegion, request: UnbindInstanceSecurityGroupRequest, call: Call
) -> AcceptedResponse:
    """Unbind instances from security groups; each keeps at least one."""
    instances, groups = _named(account, request)
    _give(account, instances, [without_groups(nic_of(account, instance), groups) for instance in instances])
    return accepted(call)


@operation("PUT /v2/securitygroup/replace", errors=REPLACE_ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/km7tzouta")
def replace_instance_security_group(
    account: AccountRegion, request: ReplaceInstanceSecurityGroupRequest, call: Call
) -> AcceptedResponse:
    """Give instances other security groups."""
    instances, groups = _named(account, request)
    _give(account, instances, [_with(account, instance, groups, replacing=True) for instance in instances])
    return accepted(call)


def _named(account: AccountRegion, request: InstancesAndGroups) -> tuple[list[Instance], Groups]:
    instances = [account.get(Instance, instance_id) for instance_id in request.instance_ids]
    if request.security_group_type == "enterprise":
        named = [account.get(EnterpriseSecurityGroup, each, NoSuchObject) for each in request.security_group_ids]
        return instances, named
    return instances, [account.get(SecurityGroup, group_id) for group_id in request.security_group_ids]


def _with(account: AccountRegion, instance: Instance, groups: Groups, replacing: bool = False) -> GroupIds:
    account.check(instance, "bind_group")
    return with_groups(account, nic_of(account, instance), groups, replacing)


def _give(account: AccountRegion, instances: list[Instance], groups: list[GroupIds]) -> None:
    for instance, group_ids in zip(instances, groups, strict=True):
        group_ids.put_on(nic_of(account, instance))
