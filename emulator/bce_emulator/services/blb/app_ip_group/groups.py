"""Make IP groups, change and delete them."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.app_ip_group.members import (
    NewMember,
    add_members,
    check_member_quota,
    check_new_members,
)
from bce_emulator.services.blb.app_ip_group.protocols import IpGroupProtocolView
from bce_emulator.services.blb.app_ip_group.resource import IP_GROUPS, AppIpGroup
from bce_emulator.services.blb.app_reference import delete_unused, part_of
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.rules import MAX_SHORT_DESCRIPTION, check_description, check_name
from bce_emulator.services.blb.errors import QuotaExceeded

SAME_VPC = "sameVpc"


class CreateAppBlbIpGroupRequest(BlbRef):
    """The IP group to have, with its first members."""

    name: str = ""
    desc: str = ""
    group_target_type: Literal["sameVpc", "acrossVpc", "acrossRegion", "hybridCloud", "customized"] = "customized"
    preserve_client_ip_enabled: bool = True
    member_list: tuple[NewMember, ...] = ()


class IpGroupRef(BlbRef):
    """Which IP group."""

    ip_group_id: str


class UpdateAppBlbIpGroupRequest(IpGroupRef):
    """What the IP group is called from now on; what is absent stays."""

    name: str = ""
    desc: str | None = None
    preserve_client_ip_enabled: bool | None = None


class CreateAppBlbIpGroupResponse(TypedDict):
    """The IP group that was made."""

    id: str
    name: str
    desc: str
    backendPolicyList: list[IpGroupProtocolView]


@operation("POST /v1/appblb/{blbId}/ipgroup", errors=[*CHANGES, QuotaExceeded], basis="client")
def create_app_blb_ip_group(account: AccountRegion, request: CreateAppBlbIpGroupRequest) -> CreateAppBlbIpGroupResponse:
    """Make an IP group of an application load balancer."""
    balancer = application(account, request.blb_id)
    check_name(request.name)
    check_description(request.desc, MAX_SHORT_DESCRIPTION)
    _check_client_ip(request.preserve_client_ip_enabled, request.group_target_type)
    check_new_members(request.member_list, ())
    check_change(account, balancer)
    most = account.setting(IP_GROUPS)
    if len(account.where(AppIpGroup, "blb_id", balancer.id)) >= most:
        raise QuotaExceeded(f"a load balancer has {most} IP groups at most")
    check_member_quota(account, len(request.member_list))
    begin_change(account, balancer)
    group_id = account.new_id(AppIpGroup)
    group = account.add(
        AppIpGroup(
            id=group_id,
            blb_id=balancer.id,
            name=request.name or group_id,
            desc=request.desc,
            target_type=request.group_target_type,
            preserve_client_ip=request.preserve_client_ip_enabled,
        )
    )
    add_members(account, group, request.member_list)
    return {"id": group.id, "name": group.name, "desc": group.desc, "backendPolicyList": []}


@operation("PUT /v1/appblb/{blbId}/ipgroup", errors=[*CHANGES, NoSuchObject], basis="client")
def update_app_blb_ip_group(account: AccountRegion, request: UpdateAppBlbIpGroupRequest) -> None:
    """Rename an IP group, or describe it anew; what is absent stays."""
    balancer = application(account, request.blb_id)
    check_name(request.name)
    check_description(request.desc or "", MAX_SHORT_DESCRIPTION)
    group = part_of(account, balancer, AppIpGroup, request.ip_group_id)
    keeps = request.preserve_client_ip_enabled
    if keeps is not None:
        _check_client_ip(keeps, group.target_type)
    begin_change(account, balancer)
    group.name = request.name or group.name
    group.desc = group.desc if request.desc is None else request.desc
    group.preserve_client_ip = group.preserve_client_ip if keeps is None else keeps


@operation("PUT /v1/appblb/{blbId}/ipgroup?delete", errors=[*CHANGES, NoSuchObject, OperationDenied], basis="client")
def delete_app_blb_ip_group(account: AccountRegion, request: IpGroupRef) -> None:
    """Delete an IP group that no policy uses, with its protocols and members."""
    balancer = application(account, request.blb_id)
    group = part_of(account, balancer, AppIpGroup, request.ip_group_id)
    delete_unused(account, balancer, [group])


def _check_client_ip(is_preserved: bool, target_type: str) -> None:
    if not is_preserved and target_type != SAME_VPC:
        raise BadRequest(f"preserveClientIpEnabled is false only with {SAME_VPC}")
