"""The members of IP groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.app_ip_group.resource import MEMBERS, AppIpGroup, AppIpGroupMember
from bce_emulator.services.blb.app_reference import part_of
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import MAX_SHORT_DESCRIPTION, check_description
from bce_emulator.services.blb.errors import QuotaExceeded
from bce_emulator.services.blb.health import Port
from bce_emulator.services.shared.cidr import parse_address

DEFAULT_WEIGHT = 100

Weight = Annotated[LenientInt, Field(ge=0, le=100)]


class NewMember(Model):
    """An address and a port to have in an IP group, and how much of the traffic they get."""

    ip: str
    port: Port
    weight: Weight | None = None
    desc: str = ""


class MemberChange(Model):
    """What a member is to have from now on; what is absent stays."""

    member_id: str
    port: Port | None = None
    weight: Weight | None = None
    desc: str | None = None


class CreateAppBlbIpGroupMemberRequest(BlbRef):
    """Which members an IP group is to have too."""

    ip_group_id: str
    member_list: tuple[NewMember, ...]


class UpdateAppBlbIpGroupMemberRequest(BlbRef):
    """Which members of an IP group to change."""

    ip_group_id: str
    member_list: tuple[MemberChange, ...]


class DeleteAppBlbIpGroupMemberRequest(BlbRef):
    """Which members to take out of an IP group."""

    ip_group_id: str
    member_id_list: tuple[str, ...]


@operation("POST /v1/appblb/{blbId}/ipgroup/member", errors=[*CHANGES, NoSuchObject, QuotaExceeded], basis="client")
def create_app_blb_ip_group_member(account: AccountRegion, request: CreateAppBlbIpGroupMemberRequest) -> None:
    """Add addresses to an IP group, all or none."""
    balancer = application(account, request.blb_id)
    _check_some(request.member_list)
    group = part_of(account, balancer, AppIpGroup, request.ip_group_id)
    there = [(each.ip, each.port) for each in account.where(AppIpGroupMember, "group_id", group.id)]
    check_new_members(request.member_list, there)
    check_change(account, balancer)
    check_member_quota(account, len(there) + len(request.member_list))
    begin_change(account, balancer)
    add_members(account, group, request.member_list)


@operation("PUT /v1/appblb/{blbId}/ipgroup/member", errors=[*CHANGES, NoSuchObject], basis="client")
def update_app_blb_ip_group_member(account: AccountRegion, request: UpdateAppBlbIpGroupMemberRequest) -> None:
    """Give members of an IP group other ports, weights or descriptions, all or none."""
    balancer = application(account, request.blb_id)
    changes = {each.member_id: each for each in request.member_list}
    _check_some(changes)
    for each in changes.values():
        check_description(each.desc or "", MAX_SHORT_DESCRIPTION)
    members = _members(account, balancer, request.ip_group_id, list(changes))
    after = {each.id: (each.ip, each.port) for each in account.where(AppIpGroupMember, "group_id", request.ip_group_id)}
    after |= {each.id: (each.ip, changes[each.id].port or each.port) for each in members}
    if len(set(after.values())) != len(after):
        raise BadRequest("an address and a port are in a group once")
    begin_change(account, balancer)
    for member in members:
        change = changes[member.id]
        member.port = after[member.id][1]
        member.weight = member.weight if change.weight is None else change.weight
        member.desc = member.desc if change.desc is None else change.desc


@operation("PUT /v1/appblb/{blbId}/ipgroup/member?delete", errors=[*CHANGES, NoSuchObject], basis="client")
def delete_app_blb_ip_group_member(account: AccountRegion, request: DeleteAppBlbIpGroupMemberRequest) -> None:
    """Take members out of an IP group, all or none."""
    balancer = application(account, request.blb_id)
    _check_some(request.member_id_list)
    members = _members(account, balancer, request.ip_group_id, list(dict.fromkeys(request.member_id_list)))
    begin_change(account, balancer)
    for member in members:
        account.remove(member)


def check_new_members(wanted: Sequence[NewMember], there: Collection[tuple[str, int]]) -> None:
    """Refuse members that cannot come into a group."""
    seen = set(there)
    for each in wanted:
        check_description(each.desc, MAX_SHORT_DESCRIPTION)
        address = _address(each.ip)
        if (address, each.port) in seen:
            raise BadRequest(f"{address} and the port {each.port} are there already")
        seen.add((address, each.port))


def check_member_quota(account: AccountRegion, count: int) -> None:
    """Refuse more members than a group can have."""
    most = account.setting(MEMBERS)
    if count > most:
        raise QuotaExceeded(f"an IP group has {most} members at most")


def add_members(account: AccountRegion, group: AppIpGroup, wanted: Sequence[NewMember]) -> None:
    """Have members in a group that were checked."""
    for each in wanted:
        account.add(
            AppIpGroupMember(
                id=account.new_id(AppIpGroupMember),
                group_id=group.id,
                ip=_address(each.ip),
                port=each.port,
                weight=DEFAULT_WEIGHT if each.weight is None else each.weight,
                desc=each.desc,
            )
        )


def _address(text: str) -> str:
    try:
        return str(parse_address(text))
    except ValueError:
        raise BadRequest(f"{text[:64]!r} is no address") from None


def _check_some(wanted: Collection[object]) -> None:
    if not wanted:
        raise BadRequest("the list of members is empty")


def _members(
    account: AccountRegion, balancer: LoadBalancer, group_id: str, member_ids: list[str]
) -> list[AppIpGroupMember]:
    group = part_of(account, balancer, AppIpGroup, group_id)
    members = [account.get(AppIpGroupMember, member_id) for member_id in member_ids]
    for member in members:
        if member.group_id != group.id:
            raise NoSuchObject(f"{member.id} is a member of another group")
    return members
