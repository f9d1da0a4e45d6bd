"""Bind an instance to a security group, and unbind it. The calls for many at once share the checks."""

from __future__ import annotations

from collections.abc import Sequence

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import ExpiredInstanceForbiddenBind
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.errors import (
    BindInstanceExceededLimit,
    LastSecurityGroup,
    NoSecurityGroup,
)
from bce_emulator.services.vpc.security_group.membership import GroupIds
from bce_emulator.services.vpc.security_group.resource import GROUPS_OF_INSTANCE, SecurityGroup

Groups = Sequence[SecurityGroup] | Sequence[EnterpriseSecurityGroup]
"""Groups of one type, one at least."""


class BindInstanceToSecurityGroupRequest(Model):
    """Which instance to bind to which security group of its VPC."""

    instance_id: str
    security_group_id: str


class UnbindInstanceFromSecurityGroupRequest(Model):
    """Which instance to unbind from which security group."""

    instance_id: str
    security_group_id: str


@operation(
    "PUT /v2/instance/{instanceId}?bind",
    errors=[NoSuchObject, NoSecurityGroup, ExpiredInstanceForbiddenBind, BindInstanceExceededLimit],
    doc="https://cloud.baidu.com/doc/BCC/s/Ojwvyoecx",
)
def bind_instance_to_security_group(account: AccountRegion, request: BindInstanceToSecurityGroupRequest) -> None:
    """Bind an instance to one more security group; binding it again changes nothing."""
    instance = account.get(Instance, request.instance_id)
    group = account.get(SecurityGroup, request.security_group_id)
    nic = nic_of(account, instance)
    if not nic.security_group_ids:
        raise NoSecurityGroup
    with_groups(account, instance, [group]).put_on(nic)


@operation(
    "PUT /v2/instance/{instanceId}?unbind",
    errors=[NoSuchObject, LastSecurityGroup],
    doc="https://cloud.baidu.com/doc/BCC/s/7jwvyocyw",
)
def unbind_instance_from_security_group(
    account: AccountRegion, request: UnbindInstanceFromSecurityGroupRequest
) -> None:
    """Unbind an instance from a security group that is not its last."""
    instance = account.get(Instance, request.instance_id)
    group = account.get(SecurityGroup, request.security_group_id)
    without_groups(account, instance, [group]).put_on(nic_of(account, instance))


def with_groups(account: AccountRegion, instance: Instance, groups: Groups, replacing: bool = False) -> GroupIds:
    """An instance's groups with these among them, or these alone; or the refusal."""
    account.check(instance, "bind_group")
    nic = nic_of(account, instance)
    if any(isinstance(group, SecurityGroup) and group.vpc_id != nic.vpc_id for group in groups):
        raise BadRequest("the security group is not in the VPC of the instance")
    if not replacing and _bound(nic, groups, others=True):
        raise OperationDenied("the instance is in groups of the other type, and is in groups of one type only")
    kept = () if replacing else _bound(nic, groups)
    together = tuple(dict.fromkeys((*kept, *[group.id for group in groups])))
    most = account.setting(GROUPS_OF_INSTANCE)
    if len(together) > most:
        raise BindInstanceExceededLimit(f"an instance has at most {most} security groups")
    return _ids(groups, together)


def without_groups(account: AccountRegion, instance: Instance, groups: Groups) -> GroupIds:
    """An instance's groups without these; or the refusal of one that it does not have, or of the last."""
    leaving, bound = {group.id for group in groups}, _bound(nic_of(account, instance), groups)
    if not leaving.issubset(bound):
        raise NoSuchObject("the instance is not bound to the security group")
    left = tuple(group_id for group_id in bound if group_id not in leaving)
    if not left:
        raise LastSecurityGroup("an instance keeps at least one security group")
    return _ids(groups, left)


def _is_ordinary(groups: Groups) -> bool:
    return isinstance(groups[0], SecurityGroup)


def _bound(nic: Nic, groups: Groups, others: bool = False) -> tuple[str, ...]:
    """The ids of the groups of a card that are of the same type as these, or of the other one."""
    ordinary = _is_ordinary(groups) != others
    return nic.security_group_ids if ordinary else nic.enterprise_security_group_ids


def _ids(groups: Groups, ids: tuple[str, ...]) -> GroupIds:
    return GroupIds(ordinary=ids) if _is_ordinary(groups) else GroupIds(enterprise=ids)
