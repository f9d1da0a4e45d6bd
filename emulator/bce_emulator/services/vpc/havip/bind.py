"""Bind HaVips to instances and network interfaces, and EIPs to HaVips."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.havip.addresses import INSTANCE_TYPE
from bce_emulator.services.vpc.havip.create import HaVipRef
from bce_emulator.services.vpc.havip.lifecycle import AVAILABLE, BINDED
from bce_emulator.services.vpc.havip.resource import MAX_MEMBERS, HaVip, Member
from bce_emulator.services.vpc.nic.host import find_host, when_vpc_left
from bce_emulator.services.vpc.nic.resource import Nic

ENI = "ENI"
MemberType = Literal["SERVER", "BCC", "BBC", "DCC", "ENI"]


class HaVipInstances(HaVipRef):
    """Which HaVip, and which instances or network interfaces."""

    instance_ids: tuple[str, ...]
    instance_type: MemberType


class BindHaVipEipRequest(HaVipRef):
    """Which EIP to bind."""

    public_ip_address: str


@operation("PUT /v1/havip/{haVipId}?attach", errors=[NoSuchObject, OperationDenied, LimitExceeded])
def bind_ha_vip_instance(account: AccountRegion, request: HaVipInstances) -> None:
    """Bind a HaVip to instances or network interfaces of its VPC, all or none."""
    havip = account.get(HaVip, request.ha_vip_id)
    _check_ids(request.instance_ids)
    for instance_id in request.instance_ids:
        if _vpc_of(account, instance_id, request.instance_type) != havip.vpc_id:
            raise OperationDenied(f"{instance_id} is in another VPC")
        if any(member.id == instance_id for member in havip.members):
            raise OperationDenied(f"{havip.id} is bound to {instance_id} already")
    if len(havip.members) + len(request.instance_ids) > MAX_MEMBERS:
        raise LimitExceeded(f"a HaVip is bound to at most {MAX_MEMBERS}")
    new = (Member(instance_id, request.instance_type) for instance_id in request.instance_ids)
    _set_members(havip, (*havip.members, *new))


@operation("PUT /v1/havip/{haVipId}?detach", errors=[NoSuchObject, OperationDenied])
def unbind_ha_vip_instance(account: AccountRegion, request: HaVipInstances) -> None:
    """Unbind a HaVip from instances or network interfaces, all or none."""
    havip = account.get(HaVip, request.ha_vip_id)
    _check_ids(request.instance_ids)
    account.check(havip, "detach")
    is_card = request.instance_type == ENI
    fitting = {member.id for member in havip.members if (member.type == ENI) == is_card}
    if unknown := set(request.instance_ids) - fitting:
        raise OperationDenied(f"{havip.id} is not bound to {', '.join(sorted(unknown))[:128]}")
    _set_members(havip, tuple(member for member in havip.members if member.id not in request.instance_ids))


@operation("PUT /v1/havip/{haVipId}?bindPublicIp", errors=[NoSuchObject, OperationDenied])
def bind_ha_vip_eip(account: AccountRegion, request: BindHaVipEipRequest) -> None:
    """Bind an EIP to a HaVip that has none, as BindEip does."""
    havip = account.get(HaVip, request.ha_vip_id)
    address_service().check_bind(account, "ipv4", request.public_ip_address)
    address_service().bind(account, INSTANCE_TYPE, havip, havip.private_ip, request.public_ip_address)


@operation("PUT /v1/havip/{haVipId}?unbindPublicIp", errors=[NoSuchObject, OperationDenied])
def unbind_ha_vip_eip(account: AccountRegion, request: HaVipRef) -> None:
    """Unbind the EIP of a HaVip; until it is over it is still bound."""
    havip = account.get(HaVip, request.ha_vip_id)
    if not havip.public_ip:
        raise OperationDenied(f"{havip.id} has no EIP")
    address_service().unbind(account, havip, havip.public_ip)


@when_vpc_left
@when_gone(Nic)
def leave_havips(account: AccountRegion, nic: Nic) -> None:
    """No HaVip is bound to what is gone: a card, or an instance, which goes with its main one."""
    gone = {nic.id, nic.device_id} if nic.is_primary else {nic.id}
    for havip in account.where(HaVip, "vpc_id", nic.vpc_id):
        if not gone.isdisjoint(member.id for member in havip.members):
            _set_members(havip, tuple(member for member in havip.members if member.id not in gone))


def _set_members(havip: HaVip, members: tuple[Member, ...]) -> None:
    havip.members, havip.state = members, BINDED if members else AVAILABLE


def _check_ids(instance_ids: tuple[str, ...]) -> None:
    if not 1 <= len(set(instance_ids)) == len(instance_ids) <= MAX_MEMBERS:
        raise BadRequest(f"instanceIds has 1 to {MAX_MEMBERS} ids, each once")


def _vpc_of(account: AccountRegion, instance_id: str, type_: MemberType) -> str:
    if type_ == ENI:
        return account.get(Nic, instance_id).vpc_id
    found = find_host(account, instance_id)
    if found is None:
        raise NoSuchObject("there is no instance of this id")
    return found[0].primary(account, found[1]).vpc_id
