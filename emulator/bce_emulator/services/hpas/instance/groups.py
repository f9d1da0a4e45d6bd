"""The security groups of an instance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.nic import nic_of
from bce_emulator.services.hpas.instance.resource import instances_named
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.nic.primary import Groups, with_groups, without_groups
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from bce_emulator.services.vpc.security_group.membership import GroupIds, chosen_groups
from bce_emulator.services.vpc.security_group.resource import SecurityGroup

GroupType = Literal["", "normal", "enterprise"]


class GroupsRequest(Model):
    """Some instances, and some groups of one type."""

    hpas_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]
    security_group_type: GroupType = ""


class ModifySecurityGroupsRequest(GroupsRequest):
    """Which instances are in which groups from now on."""


class AttachSecurityGroupsRequest(GroupsRequest):
    """Which instances come into which groups too."""


class DetachSecurityGroupsRequest(GroupsRequest):
    """Which instances leave which groups."""


@operation(
    "POST /?action=ModifySecurityGroups",
    errors=[NoSuchObject, OperationDenied, BindInstanceExceededLimit],
    basis="client",
)
def modify_security_groups(
    account: AccountRegion, request: ModifySecurityGroupsRequest, call: Call
) -> RequestIdResponse:
    """Have instances in certain security groups and no others, all or none."""
    return _change(account, request, call, lambda card, groups: with_groups(account, card, groups, replacing=True))


@operation(
    "POST /?action=AttachSecurityGroups",
    errors=[NoSuchObject, OperationDenied, BindInstanceExceededLimit],
    basis="client",
)
def attach_security_groups(
    account: AccountRegion, request: AttachSecurityGroupsRequest, call: Call
) -> RequestIdResponse:
    """Have instances in further security groups, all or none."""
    return _change(account, request, call, lambda card, groups: with_groups(account, card, groups))


@operation(
    "POST /?action=DetachSecurityGroups", errors=[NoSuchObject, OperationDenied, LastSecurityGroup], basis="client"
)
def detach_security_groups(
    account: AccountRegion, request: DetachSecurityGroupsRequest, call: Call
) -> RequestIdResponse:
    """Have instances leave security groups, which are not all that they are in: all, or none."""
    return _change(account, request, call, without_groups)


def groups_named(account: AccountRegion, vpc_id: str, of_type: GroupType, ids: tuple[str, ...]) -> GroupIds:
    """The groups of one type that a request names for something in a VPC, or the refusal."""
    return chosen_groups(account, vpc_id, *(((), ids) if of_type == "enterprise" else (ids, ())))


def _change(
    account: AccountRegion, request: GroupsRequest, call: Call, afterwards: Callable[[Nic, Groups], GroupIds]
) -> RequestIdResponse:
    instances = instances_named(account, request.hpas_ids)
    kind = EnterpriseSecurityGroup if request.security_group_type == "enterprise" else SecurityGroup
    groups: Any = [account.get(kind, each, NoSuchObject) for each in request.security_group_ids]
    if not groups:
        raise BadRequest("securityGroupIds names one group at least")
    for instance in instances:
        account.check(instance, "bind_group")
    cards = [nic_of(account, instance) for instance in instances]
    for card, group_ids in [(card, afterwards(card, groups)) for card in cards]:
        group_ids.put_on(card)
    return done(call)
