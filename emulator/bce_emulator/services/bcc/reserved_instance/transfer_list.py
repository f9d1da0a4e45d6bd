"""List the offers of reserved instances that came to an account, and those that went out from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import IN_QUERY, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.bcc.reserved_instance.lifecycle import ACCEPTED, ACTIVE, TRANSFERRED
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstanceTransfer
from bce_emulator.services.bcc.reserved_instance.show import OfferedView, show_reserved_instance

Form = TypeVar("Form")


class TransferListRequest(Model):
    """Filters are all to hold; the page is named in the query."""

    marker: Annotated[str, IN_QUERY] = ""
    max_keys: Annotated[int, IN_QUERY] = MAX_KEYS
    reserved_instance_ids: tuple[str, ...] = ()
    transfer_record_ids: tuple[str, ...] = ()
    spec: str = ""
    status: str = ""


class TransferView(TypedDict):
    """An offer of a reserved instance."""

    transferRecordId: str
    status: str
    reservedInstanceInfo: OfferedView
    applicationTime: str
    expireTime: str
    endTime: str


class TransferInView(TransferView):
    """An offer, and who has made it."""

    grantorUserId: str


class TransferOutView(TransferView):
    """An offer, and whom it was made to."""

    recipientUserId: str


class ListReservedInstanceTransferInResponse(Page):
    """One page of the offers that came, and how many there are in all."""

    totalCount: int
    transferRecords: list[TransferInView]


class ListReservedInstanceTransferOutResponse(Page):
    """One page of the offers that went out, and how many there are in all."""

    totalCount: int
    transferRecords: list[TransferOutView]


@operation("POST /v2/instance/reserved/transfer/in/list", errors=[RequestInvalid], basis="client")
def list_reserved_instance_transfer_in(
    account: AccountRegion, request: TransferListRequest
) -> ListReservedInstanceTransferInResponse:
    """List the offers from other accounts that fit all filters, newest first."""
    return _page(ListReservedInstanceTransferInResponse, account, request, _show_in, is_received=True)


@operation(
    "POST /v2/instance/reserved/transfer/out/list",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/Mluwl0z5w",
)
def list_reserved_instance_transfer_out(
    account: AccountRegion, request: TransferListRequest
) -> ListReservedInstanceTransferOutResponse:
    """List the offers to other accounts that fit all filters, newest first."""
    return _page(ListReservedInstanceTransferOutResponse, account, request, _show_out, is_received=False)


def _page(
    form: type[Form],
    account: AccountRegion,
    request: TransferListRequest,
    show: Callable[[ReservedInstanceTransfer], TransferView],
    *,
    is_received: bool,
) -> Form:
    fits, side = _filter(request), ("is_received", is_received)
    try:
        shown: Any = page(
            form,
            account,
            ReservedInstanceTransfer,
            "transferRecords",
            show,
            request.marker,
            request.max_keys,
            fits,
            of=side,
        )
    except BadRequest as error:
        raise RequestInvalid(error.explanation) from None
    shown["totalCount"] = sum(map(fits, account.where(ReservedInstanceTransfer, *side)))
    return cast("Form", shown)


def _filter(request: TransferListRequest) -> Callable[[ReservedInstanceTransfer], bool]:
    reserved, ids = frozenset(request.reserved_instance_ids), frozenset(request.transfer_record_ids)

    def fits(each: ReservedInstanceTransfer) -> bool:
        return (
            (not reserved or each.reserved_instance_id in reserved)
            and (not ids or each.id in ids)
            and request.spec in {"", each.offered.spec}
            and request.status.lower() in {"", each.status}
        )

    return fits


def _show_in(each: ReservedInstanceTransfer) -> TransferInView:
    return {**_show(each), "grantorUserId": each.giver}


def _show_out(each: ReservedInstanceTransfer) -> TransferOutView:
    return {**_show(each), "recipientUserId": each.recipient}


def _show(each: ReservedInstanceTransfer) -> TransferView:
    return {
        "transferRecordId": each.id,
        "status": each.status,
        "reservedInstanceInfo": show_reserved_instance(each.offered, TRANSFERRED if each.state == ACCEPTED else ACTIVE),
        "applicationTime": iso(each.created),
        "expireTime": iso(each.expires),
        "endTime": iso(each.ended) if each.ended is not None else "",
    }
