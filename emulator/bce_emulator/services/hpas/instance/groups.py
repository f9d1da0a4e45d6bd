"""The security groups of an instance."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.nic import nic_of
from bce_emulator.services.hpas.instance.resource import instances_named
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.nic.primary import Groups, with_groups
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from bce_emulator.services.vpc.security_group.resource import SecurityGroup

GroupType = Literal["", "normal", "enterprise"]


class ModifySecurityGroupsRequest(Model):
    """Which instances are in which groups from now on; all groups are of one type."""

    hpas_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]
    security_group_type: GroupType = ""


@operation(
    "POST /?action=ModifySecurityGroups",
    errors=[NoSuchObject, OperationDenied, BindInstanceExceededLimit],
    basis="client",
)
def modify_security_groups(
    account: AccountRegion, request: ModifySecurityGroupsRequest, call: Call
) -> RequestIdResponse:
    """Have instances in certain security groups and no others, all or none."""
    instances = instances_named(account, request.hpas_ids)
    groups = _groups(account, request)
    if not groups:
        raise BadRequest("securityGroupIds names one group at least")
    for instance in instances:
        account.check(instance, "bind_group")
    cards = [nic_of(account, instance) for instance in instances]
    for card, group_ids in [(card, with_groups(account, card, groups, replacing=True)) for card in cards]:
        group_ids.put_on(card)
    return done(call)


def _groups(account: AccountRegion, request: ModifySecurityGroupsRequest) -> Groups:
    if request.security_group_type == "enterprise":
        return [account.get(EnterpriseSecurityGroup, each, NoSuchObject) for each in request.security_group_ids]
    return [account.get(SecurityGroup, each) for each in request.security_group_ids]
