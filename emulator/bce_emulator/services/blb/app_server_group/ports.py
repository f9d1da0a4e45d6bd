"""The ports of server groups. https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.app_reference import delete_unused, part_of
from bce_emulator.services.blb.app_server_group.resource import CHECKS, PORTS, AppServerGroup, AppServerGroupPort
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import QuotaExceeded
from bce_emulator.services.blb.health import HealthCheckMembers, Port, health_check, new_health_check
from bce_emulator.services.blb.health_view import HealthCheckView, show_health_check

DOC = "https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"


class CreateAppBlbServerGroupPortRequest(HealthCheckMembers, BlbRef):
    """The port to have, and how it is checked."""

    sg_id: str
    port: Port
    type: Literal["TCP", "UDP", "HTTP"]


class UpdateAppBlbServerGroupPortRequest(HealthCheckMembers, BlbRef):
    """How a port is checked from now on."""

    sg_id: str
    port_id: str


class DeleteAppBlbServerGroupPortRequest(BlbRef):
    """Which ports to delete."""

    sg_id: str
    port_id_list: tuple[str, ...]


class ServerGroupPortView(HealthCheckView):
    """A port of a server group."""

    id: str
    port: int
    type: str
    status: str


@operation("POST /v1/appblb/{blbId}/appservergroupport", errors=[*CHANGES, NoSuchObject, QuotaExceeded], doc=DOC)
def create_app_blb_server_group_port(
    account: AccountRegion, request: CreateAppBlbServerGroupPortRequest
) -> ServerGroupPortView:
    """Add a port to a server group."""
    balancer = application(account, request.blb_id)
    checks = CHECKS[request.type]
    check = health_check(request, checks, new_health_check(checks[0], request.port))
    group = part_of(account, balancer, AppServerGroup, request.sg_id)
    ports = account.where(AppServerGroupPort, "group_id", group.id)
    if any((each.port, each.type) == (request.port, request.type) for each in ports):
        raise BadRequest(f"{group.id} has the {request.type} port {request.port} already")
    check_change(account, balancer)
    most = account.setting(PORTS)
    if len(ports) >= most:
        raise QuotaExceeded(f"a server group has {most} ports at most")
    begin_change(account, balancer)
    port = account.add(
        AppServerGroupPort(
            id=account.new_id(AppServerGroupPort),
            blb_id=balancer.id,
            group_id=group.id,
            port=request.port,
            type=request.type,
            health_check=check,
        )
    )
    return show_port(port, balancer.status)


@operation("PUT /v1/appblb/{blbId}/appservergroupport", errors=[*CHANGES, NoSuchObject], doc=DOC)
def update_app_blb_server_group_port(account: AccountRegion, request: UpdateAppBlbServerGroupPortRequest) -> None:
    """Check a port of a server group otherwise; what is absent stays."""
    balancer = application(account, request.blb_id)
    port = _port(account, balancer, request.sg_id, request.port_id)
    check = health_check(request, CHECKS[port.type], port.health_check)
    begin_change(account, balancer)
    port.health_check = check


@operation(
    "PUT /v1/appblb/{blbId}/appservergroupport?batchdelete",
    errors=[*CHANGES, NoSuchObject, OperationDenied],
    doc=DOC,
)
def delete_app_blb_server_group_port(account: AccountRegion, request: DeleteAppBlbServerGroupPortRequest) -> None:
    """Delete ports of a server group that no policy uses, all or none."""
    balancer = application(account, request.blb_id)
    if not request.port_id_list:
        raise BadRequest("portIdList is empty")
    port_ids = dict.fromkeys(request.port_id_list)
    ports = [_port(account, balancer, request.sg_id, port_id) for port_id in port_ids]
    delete_unused(account, balancer, ports)


def show_port(port: AppServerGroupPort, status: str) -> ServerGroupPortView:
    """A port by the API's member names."""
    return {
        "id": port.id,
        "port": port.port,
        "type": port.type,
        "status": status,
        **show_health_check(port.health_check),
    }


def _port(account: AccountRegion, balancer: LoadBalancer, group_id: str, port_id: str) -> AppServerGroupPort:
    group = part_of(account, balancer, AppServerGroup, group_id)
    port = account.get(AppServerGroupPort, port_id)
    if port.group_id != group.id:
        raise NoSuchObject(f"{port.id} is a port of another group")
    return port
