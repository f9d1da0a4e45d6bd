"""Offer EIPs to another account, take them back, accept or reject them, and look at all that."""

from __future__ import annotations

from dataclasses import fields
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.lifecycle import AVAILABLE, RECYCLED
from bce_emulator.services.eip.eip.resource import Eip, check_quota
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.eip.transfer.resource import FAILED, PROCESSING, TRANSFERING, EipTransfer

MAX_AT_ONCE = 30
SHOWN = 10
"""How many transfers a page has unless the request says it."""
MOVED = frozenset(
    {"id", "name", "address", "ip_version", "route_type", "bandwidth", "payment", "billing_method"}
    | {"delete_protection", "tags", "created"}
)
"""What of an EIP goes to the other account."""


class CreateEipTransferRequest(Model):
    """Which EIPs, by their ids, to offer to whom."""

    client_token: ClientToken = ""
    transfer_type: Literal["eip"]
    transfer_resource_list: tuple[str, ...]
    to_user_id: str


class TransfersRequest(Model):
    """Which transfers."""

    client_token: ClientToken = ""
    transfer_id_list: tuple[str, ...]


class ListEipTransferRequest(Model):
    """Filters are all to hold; several ids are joined by ``_``, and what is fuzzy is a part."""

    marker: str = ""
    max_keys: int = SHOWN
    direction: Literal["sent", "received"] | None = None
    transfer_id: str = ""
    status: str = ""
    fuzzy_transfer_id: str = ""
    fuzzy_instance_id: str = ""
    fuzzy_instance_name: str = ""
    fuzzy_instance_ip: str = ""


class OfferView(TypedDict):
    """A transfer and its EIP, both by their ids."""

    transferId: str
    instanceId: str


class TransferView(OfferView):
    """A transfer; here the type of the instance is its line."""

    transferType: str
    userId: str
    toUserId: str
    instanceName: str
    instanceIp: str
    instanceType: str
    instanceBandwidth: int
    status: str
    createTime: str
    updateTime: str


class CreateEipTransferResponse(TypedDict):
    """The transfers that were begun."""

    transfers: list[OfferView]


class ListEipTransferResponse(Page):
    """One page of the transfers."""

    transferList: list[TransferView]


@operation(
    "POST /v1/transfer", errors=[EipNotFound, NoSuchObject, OperationDenied], basis="client", looks_at_others=True
)
def create_eip_transfer(account: AccountRegion, request: CreateEipTransferRequest) -> CreateEipTransferResponse:
    """Offer EIPs that are paid by use to another account in the same region, all or none."""
    eips = [_own_eip(account, eip_id) for eip_id in _each_once(request.transfer_resource_list)]
    credentials = account.account.registry.find_credentials(request.to_user_id)
    if credentials is None:
        raise NoSuchObject("there is no account of this name")
    if credentials.account == account.name:
        raise BadRequest("an account transfers nothing to itself")
    for eip in eips:
        _check_free(account, eip)
        offered = account.where(EipTransfer, "eip_id", eip.id)
        if any(each.state in {TRANSFERING, PROCESSING} and not each.is_received for each in offered):
            raise OperationDenied(f"{eip.id} is offered already")
    receiver = account.of(request.to_user_id)
    assert receiver is not None
    return {"transfers": [_offer(account, receiver, eip) for eip in eips]}


@operation(
    "PUT /v1/transfer?accept",
    errors=[NoSuchObject, OperationDenied, LimitExceeded],
    basis="client",
    looks_at_others=True,
)
def receive_eip_transfer(account: AccountRegion, request: TransfersRequest) -> None:
    """Accept EIPs that another account offers, all or none."""
    transfers = _transfers(account, request, "accept", is_received=True)
    for transfer in transfers:
        if not _is_own(account, transfer):
            raise OperationDenied(f"{transfer.id} was offered to {transfer.to_user_id}")
        if sender := account.of(transfer.user_id):
            sender.clock.run_due()
        _eip_to_move(account, transfer)
        if account.where(Eip, "address", transfer.address):
            raise OperationDenied(f"this account has an EIP {transfer.address} of its own")
    check_quota(account, len(transfers))
    _change(account, transfers, "accept")
    for transfer in transfers:
        _await_end_for_sender(account, transfer)


@operation("PUT /v1/transfer?reject", errors=[NoSuchObject, OperationDenied], basis="client", looks_at_others=True)
def reject_eip_transfer(account: AccountRegion, request: TransfersRequest) -> None:
    """Reject EIPs that another account offers, all or none."""
    _change(account, _transfers(account, request, "reject", is_received=True), "reject")


@operation("PUT /v1/transfer?cancel", errors=[NoSuchObject, OperationDenied], basis="client", looks_at_others=True)
def cancel_eip_transfer(account: AccountRegion, request: TransfersRequest) -> None:
    """Take back offers that the other account has not answered, all or none."""
    _change(account, _transfers(account, request, "cancel", is_received=False), "cancel")


@operation("GET /v1/transfer", basis="client")
def list_eip_transfer(account: AccountRegion, request: ListEipTransferRequest) -> ListEipTransferResponse:
    """List the transfers from and to the account that fit all filters, newest first."""
    ids = set(filter(None, request.transfer_id.split("_")))
    status = spelled(request.status, EipTransfer.lifecycle.states, "status") if request.status else ""

    def fits(transfer: EipTransfer) -> bool:
        return (
            request.direction in {None, "received" if transfer.is_received else "sent"}
            and (not ids or transfer.id in ids)
            and status in {"", transfer.status}
            and request.fuzzy_transfer_id in transfer.id
            and request.fuzzy_instance_id in transfer.eip_id
            and request.fuzzy_instance_name in transfer.name
            and request.fuzzy_instance_ip in transfer.address
        )

    return page(
        ListEipTransferResponse,
        account,
        EipTransfer,
        "transferList",
        _show,
        request.marker,
        request.max_keys,
        fits,
    )


@when_done(EipTransfer, "accept")
def move_eip(account: AccountRegion, transfer: EipTransfer) -> None:
    """Have the receiver own the EIP and the sender no longer; one that is not free any more stays where it is."""
    try:
        sender, eip = _eip_to_move(account, transfer)
    except OperationDenied:
        transfer.state = FAILED
    else:
        moved = Eip(
            state=AVAILABLE, **{each.name: getattr(eip, each.name) for each in fields(eip) if each.name in MOVED}
        )
        sender.remove(eip)
        account.add(moved)
    _tell_other(account, transfer)


@on_timer(EipTransfer, "end")
def end_for_sender(account: AccountRegion, transfer: EipTransfer) -> None:
    """Have the receiver's side end, whose clock moves on only with requests of its own, and show what it shows."""
    receiver = account.of(transfer.to_user_id)
    theirs = receiver.find(EipTransfer, transfer.id) if receiver else None
    if receiver is None or theirs is None:
        transfer.state = FAILED
        return
    receiver.complete(theirs)
    _tell_other(receiver, theirs)


def _own_eip(account: AccountRegion, eip_id: str) -> Eip:
    eip = account.get(Eip, eip_id)
    if eip.state == RECYCLED:
        raise EipNotFound(f"{eip_id} is in the recycle bin")
    return eip


def _check_free(account: AccountRegion, eip: Eip) -> None:
    """Refuse an EIP that cannot go to another account as it is."""
    account.check(eip, "transfer")
    if eip.payment != "Postpaid" or eip.group_id or account.where(BandwidthPackage, "target_id", eip.id):
        raise OperationDenied(f"{eip.id} is paid for ahead, in a group or has a package")


def _eip_to_move(account: AccountRegion, transfer: EipTransfer) -> tuple[AccountRegion, Eip]:
    """The sender and its EIP, which is to be as free as it was when it was offered."""
    sender = account.of(transfer.user_id)
    eip = sender.find(Eip, transfer.eip_id) if sender else None
    if sender is None or eip is None:
        raise OperationDenied(f"{transfer.eip_id} is gone")
    _check_free(sender, eip)
    return sender, eip


def _each_once(ids: tuple[str, ...]) -> tuple[str, ...]:
    if not 1 <= len(ids) <= MAX_AT_ONCE or len(set(ids)) != len(ids):
        raise BadRequest(f"1 to {MAX_AT_ONCE} are named, each once")
    return ids


def _transfers(
    account: AccountRegion, request: TransfersRequest, action: str, *, is_received: bool
) -> list[EipTransfer]:
    """The transfers of a request, each of which the account can end so; those of the other side are not found."""
    transfers = [account.get(EipTransfer, transfer_id) for transfer_id in _each_once(request.transfer_id_list)]
    if any(transfer.is_received != is_received for transfer in transfers):
        raise NoSuchObject(f"a transfer was not {'sent to' if is_received else 'begun by'} this account")
    for transfer in transfers:
        account.check(transfer, action)
    return transfers


def _offer(account: AccountRegion, receiver: AccountRegion, eip: Eip) -> OfferView:
    transfer_id = account.new_id(EipTransfer)
    stale = receiver.find(EipTransfer, transfer_id)
    if stale is not None:  # the sender was reset since, and has made the same offer again
        receiver.remove(stale)
    for owner in (account, receiver):
        owner.add(
            EipTransfer(
                id=transfer_id,
                is_received=owner is receiver,
                user_id=account.name,
                to_user_id=receiver.name,
                eip_id=eip.id,
                name=eip.name,
                address=eip.address,
                route_type=eip.route_type,
                bandwidth=eip.bandwidth,
                created=account.clock.now(),
                updated=account.clock.now(),
            )
        )
    return {"transferId": transfer_id, "instanceId": eip.id}


def _change(account: AccountRegion, transfers: list[EipTransfer], action: str) -> None:
    for transfer in transfers:
        account.change(transfer, action)
        _tell_other(account, transfer)


def _tell_other(account: AccountRegion, transfer: EipTransfer) -> None:
    """Have the other side of a transfer show what this side does."""
    transfer.updated = account.clock.now()
    _other, theirs = _other_side(account, transfer)
    if theirs is not None:
        theirs.state, theirs.updated = transfer.state, transfer.updated


def _await_end_for_sender(account: AccountRegion, transfer: EipTransfer) -> None:
    """Have the sender's clock, too, bring the end."""
    sender, theirs = _other_side(account, transfer)
    if sender is not None and theirs is not None and transfer.pending is not None:
        sender.schedule(theirs, "end", sender.clock.now() + transfer.pending.due - account.clock.now())


def _other_side(account: AccountRegion, transfer: EipTransfer) -> tuple[AccountRegion | None, EipTransfer | None]:
    """The other account of a transfer, and the transfer as it has it; a copy of an account has no other side."""
    if not _is_own(account, transfer):
        return None, None
    other = account.of(transfer.user_id if transfer.is_received else transfer.to_user_id)
    return other, other.find(EipTransfer, transfer.id) if other else None


def _is_own(account: AccountRegion, transfer: EipTransfer) -> bool:
    """Whether an account is the one that a transfer names, and not a copy of it."""
    return account.name == (transfer.to_user_id if transfer.is_received else transfer.user_id)


def _show(transfer: EipTransfer) -> TransferView:
    return {
        "transferId": transfer.id,
        "instanceId": transfer.eip_id,
        "transferType": "eip",
        "userId": transfer.user_id,
        "toUserId": transfer.to_user_id,
        "instanceName": transfer.name,
        "instanceIp": transfer.address,
        "instanceType": transfer.route_type,
        "instanceBandwidth": transfer.bandwidth,
        "status": transfer.status,
        "createTime": iso(transfer.created),
        "updateTime": iso(transfer.updated),
    }
