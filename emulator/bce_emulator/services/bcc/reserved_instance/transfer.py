"""Offer reserved instances to another account, take that back, accept or refuse it. Each account has its own clock.

https://cloud.baidu.com/doc/BCC/s/Qluv6s8ah
"""

from __future__ import annotations

from dataclasses import fields

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.services.bcc.reserved_instance.create import await_changes
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.bcc.reserved_instance.lifecycle import PENDING
from bce_emulator.services.bcc.reserved_instance.resource import (
    Offered,
    ReservedInstance,
    ReservedInstanceTransfer,
    is_offered,
    reserved_instances_named,
)

KEPT_OPEN = 7 * DAY
"""How long an offer can be answered."""
MAX_REFUSED, MAX_REVOKED = 99, 1_000
MOVED = frozenset({"id", "state", "name", "scope", "zone", "spec", "months", "effective", "expires", "tags"})
"""What of a reserved instance goes to the other account."""


class CreateReservedInstanceTransferRequest(Model):
    """Which reserved instances to offer, and to whom."""

    client_token: ClientToken = ""
    reserved_instance_ids: tuple[str, ...]
    recipient_account_id: str


class AcceptReservedInstanceTransferRequest(Model):
    """Which offer to accept, and the EHC cluster that the reserved instance is for then."""

    client_token: ClientToken = ""
    transfer_record_id: str
    ehc_cluster_id: str = ""


class TransfersRef(Model):
    """Which offers."""

    client_token: ClientToken = ""
    transfer_record_ids: tuple[str, ...]


@operation(
    "POST /v2/instance/reserved/transfer/create",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Qluv6s8ah",
    looks_at_others=True,
)
def create_reserved_instance_transfer(
    account: AccountRegion, request: CreateReservedInstanceTransferRequest
) -> list[str]:
    """Offer reserved instances to another account in the same region, all or none."""
    found = reserved_instances_named(account, request.reserved_instance_ids)
    credentials = account.account.registry.find_credentials(request.recipient_account_id)
    if credentials is None or credentials.account == account.name:
        raise RequestInvalid("recipientAccountId is another account")
    for each in found:
        account.check(each, "transfer")
        if is_offered(account, each):
            raise RequestInvalid(f"{each.id} is offered already")
    recipient = account.of(request.recipient_account_id)
    assert recipient is not None
    return [_offer(account, recipient, each) for each in found]


@operation(
    "POST /v2/instance/reserved/transfer/accept",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Pluwgdge3",
    looks_at_others=True,
)
def accept_reserved_instance_transfer(account: AccountRegion, request: AcceptReservedInstanceTransferRequest) -> None:
    """Accept a reserved instance that another account offers."""
    transfer = _transfers(account, (request.transfer_record_id,), 1, "accept", is_received=True)[0]
    giver = account.of(transfer.giver) if _is_own(account, transfer) else None
    if giver is None:
        raise RequestInvalid(
            "only the account that a reserved instance was offered to accepts it, from one that is there"
        )
    giver.clock.run_due()
    account.check(transfer, "accept")
    reserved = giver.get(ReservedInstance, transfer.reserved_instance_id)
    giver.check(reserved, "transfer")
    if account.find(ReservedInstance, reserved.id):
        raise RequestInvalid(f"the account has a reserved instance {reserved.id} of its own")
    moved = ReservedInstance(
        **{each.name: getattr(reserved, each.name) for each in fields(reserved) if each.name in MOVED},
        ehc_cluster_id=request.ehc_cluster_id,
        grantor=giver.name,
        transferred_in=account.clock.now(),
    )
    giver.remove(reserved)
    await_changes(account, account.add(moved))
    _end(account, transfer, "accept")


@operation(
    "POST /v2/instance/reserved/transfer/refuse",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Hluwg97m5",
    looks_at_others=True,
)
def refuse_reserved_instance_transfer(account: AccountRegion, request: TransfersRef) -> None:
    """Refuse reserved instances that other accounts offer, all or none."""
    for each in _transfers(account, request.transfer_record_ids, MAX_REFUSED, "refuse", is_received=True):
        _end(account, each, "refuse")


@operation("POST /v2/instance/reserved/transfer/revoke", errors=[RequestInvalid], basis="client", looks_at_others=True)
def revoke_reserved_instance_transfer(account: AccountRegion, request: TransfersRef) -> None:
    """Take back offers that were not answered, all or none."""
    for each in _transfers(account, request.transfer_record_ids, MAX_REVOKED, "revoke", is_received=False):
        _end(account, each, "revoke")


@on_timer(ReservedInstanceTransfer, "time_out")
def time_out(account: AccountRegion, transfer: ReservedInstanceTransfer) -> None:
    """Let an offer be over that nobody has answered, for both."""
    if transfer.state == PENDING:
        _end(account, transfer, "time_out")


def _offer(account: AccountRegion, recipient: AccountRegion, reserved: ReservedInstance) -> str:
    transfer_id = account.new_id(ReservedInstanceTransfer)
    stale = recipient.find(ReservedInstanceTransfer, transfer_id)
    if stale is not None:  # the giver was reset since, and has made the same offer again
        recipient.remove(stale)
    now = account.clock.now()
    for owner in (account, recipient):
        transfer = owner.add(
            ReservedInstanceTransfer(
                id=transfer_id,
                is_received=owner is recipient,
                giver=account.name,
                recipient=recipient.name,
                reserved_instance_id=reserved.id,
                offered=Offered(**{name: getattr(reserved, name) for name in Offered._fields}),
                created=now,
                expires=now + KEPT_OPEN,
            )
        )
        owner.schedule(transfer, "time_out", owner.clock.now() + KEPT_OPEN)
    return transfer_id


def _transfers(
    account: AccountRegion, transfer_ids: tuple[str, ...], most: int, action: str, *, is_received: bool
) -> list[ReservedInstanceTransfer]:
    """The transfers of a request, each of which the account can end so; those of the other side are not found."""
    if not 1 <= len(transfer_ids) <= most:
        raise RequestInvalid(f"1 to {most} transfers are named")
    found = [account.get(ReservedInstanceTransfer, each) for each in dict.fromkeys(transfer_ids)]
    if any(each.is_received != is_received for each in found):
        raise RequestInvalid(f"a transfer was not {'offered to' if is_received else 'begun by'} this account")
    for each in found:
        account.check(each, action)
    return found


def _end(account: AccountRegion, transfer: ReservedInstanceTransfer, action: str) -> None:
    """End an offer, and have the other account show the same."""
    account.change(transfer, action)
    transfer.ended = account.clock.now()
    account.schedule(transfer, "time_out", None)
    other = account.of(transfer.giver if transfer.is_received else transfer.recipient)
    theirs = other.find(ReservedInstanceTransfer, transfer.id) if other and _is_own(account, transfer) else None
    if other is not None and theirs is not None and theirs.state == PENDING:
        theirs.state, theirs.ended = transfer.state, transfer.ended
        other.schedule(theirs, "time_out", None)


def _is_own(account: AccountRegion, transfer: ReservedInstanceTransfer) -> bool:
    """Whether an account is the one that a transfer names, and not a copy of it."""
    return account.name == (transfer.recipient if transfer.is_received else transfer.giver)
