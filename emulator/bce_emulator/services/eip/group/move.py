"""Move EIPs into a shared bandwidth, and out of it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.resource import Eip, eip_of
from bce_emulator.services.eip.eip.story import refresh
from bce_emulator.services.eip.group.change import GroupRef
from bce_emulator.services.eip.group.members import fits, members_of
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.eip.payment import EipBilling, check_bandwidth, payment_of

ERRORS = [NoSuchObject, EipNotFound, OperationDenied]


class MoveInEipsRequest(GroupRef):
    """Which EIPs move into which shared bandwidth."""

    eips: tuple[str, ...]


class MovingOut(Model):
    """An EIP that moves out; one that was made with the shared bandwidth says how it is paid for then."""

    eip: str
    bandwidth_in_mbps: int | None = None
    billing: EipBilling | None = None


class MoveOutEipsRequest(GroupRef):
    """Which EIPs move out of which shared bandwidth."""

    move_out_eips: tuple[MovingOut, ...]


@operation("PUT /v1/eipgroup/{id}?move_in", errors=ERRORS)
def move_in_eips(account: AccountRegion, request: MoveInEipsRequest) -> None:
    """Move EIPs that are paid by use into a shared bandwidth, all or none."""
    group = account.get(EipGroup, request.id)
    eips = _named(account, request.eips)
    account.check(group, "change")
    for eip in eips:
        _check_move_in(account, group, eip)
    if not fits(group.route_type, group.bandwidth, len(members_of(account, group)) + len(eips)):
        raise OperationDenied("the bandwidth is not enough for so many EIPs")
    for eip in eips:
        account.change(eip, "update")
        eip.group_id = group.id
        refresh(account, eip)


@operation("PUT /v1/eipgroup/{id}?move_out", errors=ERRORS)
def move_out_eips(account: AccountRegion, request: MoveOutEipsRequest) -> None:
    """Move EIPs out of a shared bandwidth that is paid by use, all or none."""
    group = account.get(EipGroup, request.id)
    eips = _named(account, tuple(each.eip for each in request.move_out_eips))
    moving = list(zip(eips, request.move_out_eips, strict=True))
    for eip, wanted in moving:
        if eip.is_native and eip.group_id == group.id:
            _check_alone(eip, wanted)
    if group.payment == "Prepaid":
        raise OperationDenied(f"{group.id} is paid for ahead")
    account.check(group, "change")
    for eip in eips:
        if eip.group_id != group.id:
            raise OperationDenied(f"{eip.address} is not in {group.id}")
        account.check(eip, "update")
    for eip, wanted in moving:
        account.change(eip, "update")
        if eip.is_native and wanted.billing and wanted.bandwidth_in_mbps:
            eip.bandwidth, eip.billing_method = wanted.bandwidth_in_mbps, payment_of(wanted.billing).method
        eip.group_id, eip.is_native = "", False
        refresh(account, eip)


def _named(account: AccountRegion, addresses: tuple[str, ...]) -> list[Eip]:
    if not addresses or len({address.lower() for address in addresses}) != len(addresses):
        raise BadRequest("at least one EIP is named, and each once")
    return [eip_of(account, address) for address in addresses]


def _check_move_in(account: AccountRegion, group: EipGroup, eip: Eip) -> None:
    account.check(eip, "move_in")
    if eip.group_id:
        raise OperationDenied(f"{eip.address} is in {eip.group_id}")
    if eip.payment != "Postpaid":
        raise OperationDenied(f"{eip.address} is paid for ahead")
    if eip.route_type != group.route_type:
        raise OperationDenied(f"{eip.address} is of the line {eip.route_type}, the group of {group.route_type}")
    if account.where(BandwidthPackage, "target_id", eip.id):
        raise OperationDenied(f"{eip.address} has a package")


def _check_alone(eip: Eip, wanted: MovingOut) -> None:
    if wanted.bandwidth_in_mbps is None or wanted.billing is None:
        raise BadRequest(f"{eip.address} was made with its group, so bandwidthInMbps and billing are needed")
    payment = payment_of(wanted.billing)
    if payment.timing != "Postpaid":
        raise BadRequest("what leaves a group is paid by use")
    check_bandwidth(wanted.bandwidth_in_mbps, eip.route_type, payment.method)
