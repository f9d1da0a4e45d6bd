"""Make server groups, change and delete them. https://cloud.baidu.com/doc/BLB/s/kmrlvourq"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.app_reference import delete_unused, part_of
from bce_emulator.services.blb.app_server_group.ports import ServerGroupPortView
from bce_emulator.services.blb.app_server_group.resource import GROUPS, AppServerGroup
from bce_emulator.services.blb.app_server_group.servers import (
    ADD_ERRORS,
    ServerModel,
    add_servers,
    check_new_servers,
    check_server_quota,
)
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.rules import check_description, check_name
from bce_emulator.services.blb.errors import QuotaExceeded


class CreateAppBlbServerGroupRequest(BlbRef):
    """The server group to have, with its first servers."""

    name: str = ""
    desc: str = ""
    preserve_client_ip_enabled: bool = True
    backend_server_list: tuple[ServerModel, ...] = ()


class ServerGroupRef(BlbRef):
    """Which server group."""

    sg_id: str


class UpdateAppBlbServerGroupRequest(ServerGroupRef):
    """What the server group is called from now on."""

    name: str = ""
    desc: str | None = None
    preserve_client_ip_enabled: bool | None = None


class CreateAppBlbServerGroupResponse(TypedDict):
    """The server group that was made."""

    id: str
    name: str
    desc: str
    status: str
    portList: list[ServerGroupPortView]


@operation(
    "POST /v1/appblb/{blbId}/appservergroup",
    errors=[*CHANGES, *ADD_ERRORS],
    doc="https://cloud.baidu.com/doc/BLB/s/kmrlvourq",
)
def create_app_blb_server_group(
    account: AccountRegion, request: CreateAppBlbServerGroupRequest
) -> CreateAppBlbServerGroupResponse:
    """Make a server group of an application load balancer."""
    balancer = application(account, request.blb_id)
    check_name(request.name)
    check_description(request.desc)
    check_new_servers(account, balancer, request.backend_server_list, ())
    check_change(account, balancer)
    most = account.setting(GROUPS)
    if len(account.where(AppServerGroup, "blb_id", balancer.id)) >= most:
        raise QuotaExceeded(f"a load balancer has {most} server groups at most")
    check_server_quota(account, len(request.backend_server_list))
    begin_change(account, balancer)
    group_id = account.new_id(AppServerGroup)
    group = account.add(
        AppServerGroup(
            id=group_id,
            blb_id=balancer.id,
            name=request.name or group_id,
            desc=request.desc,
            preserve_client_ip=request.preserve_client_ip_enabled,
        )
    )
    add_servers(account, group, request.backend_server_list)
    return {"id": group.id, "name": group.name, "desc": group.desc, "status": balancer.status, "portList": []}


@operation(
    "PUT /v1/appblb/{blbId}/appservergroup",
    errors=[*CHANGES, NoSuchObject],
    doc="https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u",
)
def update_app_blb_server_group(account: AccountRegion, request: UpdateAppBlbServerGroupRequest) -> None:
    """Rename a server group, or describe it anew; what is absent stays."""
    balancer = application(account, request.blb_id)
    check_name(request.name)
    check_description(request.desc or "")
    group = part_of(account, balancer, AppServerGroup, request.sg_id)
    begin_change(account, balancer)
    group.name = request.name or group.name
    if request.desc is not None:
        group.desc = request.desc
    if request.preserve_client_ip_enabled is not None:
        group.preserve_client_ip = request.preserve_client_ip_enabled


@operation(
    "PUT /v1/appblb/{blbId}/appservergroup?delete",
    errors=[*CHANGES, NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u",
)
def delete_app_blb_server_group(account: AccountRegion, request: ServerGroupRef) -> None:
    """Delete a server group that no policy uses, with its ports and servers."""
    balancer = application(account, request.blb_id)
    group = part_of(account, balancer, AppServerGroup, request.sg_id)
    delete_unused(account, balancer, [group])
