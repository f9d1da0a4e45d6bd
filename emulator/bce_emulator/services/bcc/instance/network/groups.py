"""Bind an instance to a security group, and unbind it. The calls for many at once share the checks."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.instance.errors import ExpiredInstanceForbiddenBind
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.nic.primary import with_groups, without_groups
from bce_emulator.services.vpc.security_group.errors import (
    BindInstanceExceededLimit,
    LastSecurityGroup,
    NoSecurityGroup,
)
from bce_emulator.services.vpc.security_group.resource import SecurityGroup


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
    account.check(instance, "bind_group")
    with_groups(account, nic, [group]).put_on(nic)


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
    nic = nic_of(account, instance)
    without_groups(nic, [group]).put_on(nic)
