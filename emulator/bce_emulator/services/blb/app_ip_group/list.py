"""List IP groups with their protocols, and their members with what they are checked for."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.app_ip_group.protocols import IpGroupProtocolView, show_protocol
from bce_emulator.services.blb.app_ip_group.resource import AppIpGroup, AppIpGroupMember, AppIpGroupProtocol
from bce_emulator.services.blb.app_reference import AppBlbPage, is_named, part_of
from bce_emulator.services.blb.backend import UNKNOWN, health_at
from bce_emulator.services.blb.balancer.reference import application
from bce_emulator.services.blb.errors import InstanceNotFound


class DescribeAppBlbIpGroupRequest(AppBlbPage):
    """IP groups of which name to list."""

    name: str = ""
    exactly_match: LenientBool = False


class DescribeAppBlbIpGroupMemberRequest(AppBlbPage):
    """The members of which IP group to list."""

    ip_group_id: str


class AppIpGroupView(TypedDict):
    """An IP group with its protocols."""

    id: str
    name: str
    desc: str
    groupTargetType: str
    preserveClientIpEnabled: bool
    backendPolicyList: list[IpGroupProtocolView]


class DescribeAppBlbIpGroupResponse(Page):
    """One page of the IP groups."""

    appIpGroupList: list[AppIpGroupView]


class MemberPortView(TypedDict):
    """How a member is checked, and what was found."""

    healthCheckPortType: str
    status: str


class IpMemberView(TypedDict):
    """A member of an IP group, with each protocol's check."""

    memberId: str
    ip: str
    port: int
    weight: int
    desc: str
    portList: list[MemberPortView]


class DescribeAppBlbIpGroupMemberResponse(Page):
    """One page of the members of an IP group."""

    memberList: list[IpMemberView]


@operation("GET /v1/appblb/{blbId}/ipgroup", errors=[InstanceNotFound], basis="client")
def describe_app_blb_ip_group(
    account: AccountRegion, request: DescribeAppBlbIpGroupRequest
) -> DescribeAppBlbIpGroupResponse:
    """List the IP groups of an application load balancer, newest first."""
    balancer = application(account, request.blb_id)

    def fits(group: AppIpGroup) -> bool:
        return is_named(group.name, request.name, request.exactly_match)

    return page(
        DescribeAppBlbIpGroupResponse,
        account,
        AppIpGroup,
        "appIpGroupList",
        lambda group: _show_group(account, group),
        request.marker,
        request.max_keys,
        fits,
        of=("blb_id", balancer.id),
    )


@operation("GET /v1/appblb/{blbId}/ipgroup/member", errors=[InstanceNotFound, NoSuchObject], basis="client")
def describe_app_blb_ip_group_member(
    account: AccountRegion, request: DescribeAppBlbIpGroupMemberRequest
) -> DescribeAppBlbIpGroupMemberResponse:
    """List the members of an IP group, newest first."""
    balancer = application(account, request.blb_id)
    group = part_of(account, balancer, AppIpGroup, request.ip_group_id)
    protocols = account.where(AppIpGroupProtocol, "group_id", group.id)
    return page(
        DescribeAppBlbIpGroupMemberResponse,
        account,
        AppIpGroupMember,
        "memberList",
        lambda member: _show_member(account, member, protocols, balancer.vpc_id),
        request.marker,
        request.max_keys,
        of=("group_id", group.id),
    )


def _show_group(account: AccountRegion, group: AppIpGroup) -> AppIpGroupView:
    protocols = account.where(AppIpGroupProtocol, "group_id", group.id)
    return {
        "id": group.id,
        "name": group.name,
        "desc": group.desc,
        "groupTargetType": group.target_type,
        "preserveClientIpEnabled": group.preserve_client_ip,
        "backendPolicyList": [show_protocol(protocol) for protocol in protocols],
    }


def _show_member(
    account: AccountRegion, member: AppIpGroupMember, protocols: list[AppIpGroupProtocol], vpc_id: str
) -> IpMemberView:
    return {
        "memberId": member.id,
        "ip": member.ip,
        "port": member.port,
        "weight": member.weight,
        "desc": member.desc,
        "portList": [
            {
                "healthCheckPortType": protocol.health_check.type,
                "status": _status(account, vpc_id, member, protocol),
            }
            for protocol in protocols
        ],
    }


def _status(account: AccountRegion, vpc_id: str, member: AppIpGroupMember, protocol: AppIpGroupProtocol) -> str:
    if not member.weight:
        return UNKNOWN
    return health_at(account, vpc_id, member.ip, protocol.health_check, max(member.created, protocol.created))
