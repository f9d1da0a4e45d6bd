"""Roles that instances act in. Which roles there are is the business of IAM, which is not emulated."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.instance.resource import Instance

ROLES = account_setting(
    "bcc.roles", [], "names of roles that instances may act in; those that instances do act in are known anyway"
)


class RoleInstance(Model):
    """An instance whose role changes."""

    instance_id: str


class BindRoleRequest(Model):
    """Which instances are to act in a role."""

    client_token: ClientToken = ""
    role_name: Annotated[str, Field(min_length=1)]
    instances: Annotated[tuple[RoleInstance, ...], Field(min_length=1)]


class UnbindRoleRequest(BindRoleRequest):
    """Which instances are no longer to act in a role."""


class RoleFailureView(TypedDict):
    """An instance whose role could not change, and why."""

    instanceId: str
    failMessage: str


class RoleAssociationView(TypedDict):
    """An instance whose role has changed."""

    instanceId: str


class BindRoleResponse(TypedDict):
    """Which instances have changed, and which could not."""

    failInstances: list[RoleFailureView]
    instanceRoleAssociations: list[RoleAssociationView]


class RoleView(TypedDict):
    """A role."""

    roleName: str


class GetRoleListResponse(TypedDict):
    """The roles that instances act in or may act in."""

    roles: list[RoleView]


@operation("POST /v2/instance/role?bind", basis="proposed")
def bind_role(account: AccountRegion, request: BindRoleRequest) -> BindRoleResponse:
    """Let instances act in a role, instead of any they had; the answer tells which could not."""
    return _change(account, request, "", request.role_name)


@operation("POST /v2/instance/role?unbind", basis="proposed")
def unbind_role(account: AccountRegion, request: UnbindRoleRequest) -> BindRoleResponse:
    """Let instances no longer act in a role; the answer tells which did not act in it."""
    return _change(account, request, request.role_name, "")


@operation("GET /v2/instance/role/list", basis="proposed")
def get_role_list(account: AccountRegion) -> GetRoleListResponse:
    """List the roles that instances act in or may act in."""
    bound = sorted({instance.role_name for instance in account.all(Instance)} - {""})
    return {"roles": [{"roleName": name} for name in dict.fromkeys((*account.setting(ROLES), *bound))]}


def _change(account: AccountRegion, request: BindRoleRequest, only_from: str, to: str) -> BindRoleResponse:
    changed: list[RoleAssociationView] = []
    failed: list[RoleFailureView] = []
    for instance_id in dict.fromkeys(each.instance_id for each in request.instances):
        instance = account.find(Instance, instance_id)
        if instance is None:
            failed.append({"instanceId": instance_id, "failMessage": "The instance does not exist."})
        elif only_from and instance.role_name != only_from:
            failed.append({"instanceId": instance_id, "failMessage": "The instance does not have the role."})
        else:
            instance.role_name = to
            changed.append({"instanceId": instance_id})
    return {"failInstances": failed, "instanceRoleAssociations": changed}
