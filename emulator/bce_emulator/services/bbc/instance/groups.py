"""Bind servers to security groups of either type, and unbind them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.nic.primary import Groups, with_groups, without_groups
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit, LastSecurityGroup
from bce_emulator.services.vpc.security_group.resource import SecurityGroup

MAX_AT_ONCE = 100


class BindSecurityGroupsRequest(Model):
    """Which servers to bind to which groups, all of one type."""

    instance_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()
    security_groups: tuple[str, ...] = ()


class UnBindSecurityGroupsRequest(Model):
    """Which server to unbind from which group."""

    instance_id: str = ""
    security_group_id: str = ""


@operation(
    "POST /v1/instance/securitygroup?bind",
    errors=[NoSuchObject, OperationDenied, BindInstanceExceededLimit],
    basis="client",
)
def bind_security_groups(account: AccountRegion, request: BindSecurityGroupsRequest) -> None:
    """Bind servers to further security groups, all or none."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.instance_ids)]
    groups = _groups(account, request.security_groups)
    if not servers or not groups:
        raise BadRequest("instanceIds and securityGroups name one each at least")
    for server in servers:
        account.check(server, "bind_group")
    cards = [nic_of(account, server) for server in servers]
    for card, group_ids in [(card, with_groups(account, card, groups)) for card in cards]:
        group_ids.put_on(card)
    note(account, "BindSecurityGroups", *(server.id for server in servers))


@operation("POST /v1/instance/securitygroup?unbind", errors=[NoSuchObject, LastSecurityGroup], basis="client")
def un_bind_security_groups(account: AccountRegion, request: UnBindSecurityGroupsRequest) -> None:
    """Unbind a server from a security group that is not its last."""
    card = nic_of(account, account.get(Server, request.instance_id))
    without_groups(card, _groups(account, (request.security_group_id,))).put_on(card)
    note(account, "UnBindSecurityGroups", request.instance_id)


def _groups(account: AccountRegion, group_ids: tuple[str, ...]) -> Groups:
    """The groups with these ids, which are of one type."""
    enterprise = [each for each in group_ids if account.find(EnterpriseSecurityGroup, each) is not None]
    if not enterprise:
        return [account.get(SecurityGroup, each) for each in group_ids]
    if len(enterprise) < len(group_ids):
        raise BadRequest("security groups and enterprise security groups exclude each other")
    return [account.get(EnterpriseSecurityGroup, each, NoSuchObject) for each in group_ids]
