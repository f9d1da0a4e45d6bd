"""The protocols of IP groups: one of each type, and how members are checked."""

from __future__ import annotations

from typing import Annotated, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_BODY
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.app_ip_group.resource import CHECKS, AppIpGroup, AppIpGroupProtocol
from bce_emulator.services.blb.app_reference import delete_unused, part_of
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.health import HealthCheck, HealthCheckMembers, health_check, new_health_check
from bce_emulator.services.blb.health_view import HealthCheckView, show_health_check

NEEDS_PORT = "HTTP"
"""What cannot be checked at the ports of the members."""
DELETE_ERRORS = [*CHANGES, NoSuchObject, OperationDenied]


class CreateAppBlbIpGroupProtocolRequest(HealthCheckMembers, BlbRef):
    """The protocol to have, and how members are checked."""

    ip_group_id: str
    type: Literal["TCP", "UDP", "HTTP", "HTTPS"]


class UpdateAppBlbIpGroupProtocolRequest(HealthCheckMembers, BlbRef):
    """How members are checked from now on."""

    ip_group_id: str
    id: str


class DeleteAppBlbIpGroupProtocolRequest(BlbRef):
    """Which protocols to delete."""

    ip_group_id: str
    backend_policy_id_list: tuple[str, ...]


class DeleteAppIpGroupPortRequest(BlbRef):
    """The same, as one client sends it."""

    ip_group_id: Annotated[str, IN_BODY]
    backend_policy_id_list: Annotated[tuple[str, ...], IN_BODY]


class IpGroupProtocolView(HealthCheckView):
    """A protocol of an IP group."""

    id: str
    type: str


class CreateAppBlbIpGroupProtocolResponse(IpGroupProtocolView):
    """The protocol that was made."""

    status: str


@operation("POST /v1/appblb/{blbId}/ipgroup/backendpolicy", errors=[*CHANGES, NoSuchObject], basis="client")
def create_app_blb_ip_group_protocol(
    account: AccountRegion, request: CreateAppBlbIpGroupProtocolRequest
) -> CreateAppBlbIpGroupProtocolResponse:
    """Add a protocol to an IP group."""
    balancer = application(account, request.blb_id)
    checks = CHECKS[request.type]
    check = _health_check(request, request.type, new_health_check(checks[0]))
    group = part_of(account, balancer, AppIpGroup, request.ip_group_id)
    if any(each.type == request.type for each in account.where(AppIpGroupProtocol, "group_id", group.id)):
        raise BadRequest(f"{group.id} has the protocol {request.type} already")
    begin_change(account, balancer)
    protocol = account.add(
        AppIpGroupProtocol(
            id=account.new_id(AppIpGroupProtocol), group_id=group.id, type=request.type, health_check=check
        )
    )
    return {**show_protocol(protocol), "status": balancer.status}


@operation("PUT /v1/appblb/{blbId}/ipgroup/backendpolicy", errors=[*CHANGES, NoSuchObject], basis="client")
def update_app_blb_ip_group_protocol(account: AccountRegion, request: UpdateAppBlbIpGroupProtocolRequest) -> None:
    """Check the members of an IP group otherwise; what is absent stays."""
    balancer = application(account, request.blb_id)
    protocol = _protocol(account, balancer, request.ip_group_id, request.id)
    check = _health_check(request, protocol.type, protocol.health_check)
    begin_change(account, balancer)
    protocol.health_check = check


@operation("PUT /v1/appblb/{blbId}/ipgroup/backendpolicy?delete", errors=DELETE_ERRORS, basis="client")
def delete_app_blb_ip_group_protocol(account: AccountRegion, request: DeleteAppBlbIpGroupProtocolRequest) -> None:
    """Delete protocols of an IP group that no policy uses, all or none."""
    _delete(account, request.blb_id, request.ip_group_id, request.backend_policy_id_list)


@operation("DELETE /v1/appblb/{blbId}/ipgroup/backendpolicy", errors=DELETE_ERRORS, basis="client")
def delete_app_ip_group_port(account: AccountRegion, request: DeleteAppIpGroupPortRequest) -> None:
    """Delete protocols of an IP group, as one client does."""
    _delete(account, request.blb_id, request.ip_group_id, request.backend_policy_id_list)


def show_protocol(protocol: AppIpGroupProtocol) -> IpGroupProtocolView:
    """A protocol by the API's member names."""
    return {"id": protocol.id, "type": protocol.type, **show_health_check(protocol.health_check)}


def _health_check(members: HealthCheckMembers, type_: str, before: HealthCheck) -> HealthCheck:
    check = health_check(members, CHECKS[type_], before)
    if type_ == NEEDS_PORT and not check.port:
        raise BadRequest(f"healthCheckPort is needed with {type_}")
    return check


def _protocol(account: AccountRegion, balancer: LoadBalancer, group_id: str, protocol_id: str) -> AppIpGroupProtocol:
    group = part_of(account, balancer, AppIpGroup, group_id)
    protocol = account.get(AppIpGroupProtocol, protocol_id)
    if protocol.group_id != group.id:
        raise NoSuchObject(f"{protocol.id} is a protocol of another group")
    return protocol


def _delete(account: AccountRegion, blb_id: str, group_id: str, protocol_ids: tuple[str, ...]) -> None:
    balancer = application(account, blb_id)
    if not protocol_ids:
        raise BadRequest("backendPolicyIdList is empty")
    protocols = [_protocol(account, balancer, group_id, each) for each in dict.fromkeys(protocol_ids)]
    delete_unused(account, balancer, protocols)
