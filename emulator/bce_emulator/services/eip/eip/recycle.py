"""The recycle bin: look into it, take EIPs out of it, empty it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, iso, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.eip.bandwidth_package.resource import BandwidthPackage
from bce_emulator.services.eip.eip.bind import EipRef
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.eip.expiry import await_nothing
from bce_emulator.services.eip.eip.lifecycle import RECYCLED
from bce_emulator.services.eip.eip.resource import RECYCLE_QUOTA, Eip, check_quota, recycled_eips
from bce_emulator.services.eip.eip.story import detach
from bce_emulator.services.eip.tbsp.resource import ProtectedEip
from bce_emulator.services.shared.term import await_expiry

KEPT = 7 * DAY
"""Seconds for which the bin keeps an EIP."""


class ListRecycleEipsRequest(Model):
    """Filters are parts of the address and of the name, and are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    eip: str = ""
    name: str = ""


class RecycledEipView(TypedDict):
    """An EIP in the bin, and when it came there and will be deleted."""

    name: str
    eip: str
    eipId: str
    status: str
    routeType: str
    bandwidthInMbps: int
    paymentTiming: str
    billingMethod: str
    recycleTime: str
    scheduledDeleteTime: str


class ListRecycleEipsResponse(Page):
    """One page of the EIPs in the bin."""

    eipList: list[RecycledEipView]


@operation("GET /v1/eip/recycle", doc="https://cloud.baidu.com/doc/EIP/s/dl0anm1j8")
def list_recycle_eips(account: AccountRegion, request: ListRecycleEipsRequest) -> ListRecycleEipsResponse:
    """List the EIPs in the recycle bin."""

    def fits(eip: Eip) -> bool:
        return eip.state == RECYCLED and request.eip in eip.address and request.name in eip.name

    return page(ListRecycleEipsResponse, account, Eip, "eipList", _show, request.marker, request.max_keys, fits)


@operation("DELETE /v1/eip/recycle/{eip}", errors=[EipNotFound], doc="https://cloud.baidu.com/doc/EIP/s/sl0anla1w")
def release_eip_from_recycle(account: AccountRegion, request: EipRef) -> None:
    """Release an EIP of the recycle bin for good."""
    account.change(account.get_by(Eip, "address", request.eip.lower()), "delete")


@operation(
    "PUT /v1/eip/recycle/{eip}?restore",
    errors=[EipNotFound, LimitExceeded],
    doc="https://cloud.baidu.com/doc/EIP/s/Gl0anfp4g",
)
def restore_eip_from_recycle(account: AccountRegion, request: EipRef) -> None:
    """Take an EIP out of the recycle bin, unbound; a prepaid one is renewed by a month."""
    eip = account.get_by(Eip, "address", request.eip.lower())
    account.check(eip, "restore")
    check_quota(account, 1)
    take_out_of_bin(account, eip)


def put_into_bin(account: AccountRegion, eip: Eip) -> None:
    """Have the bin keep an EIP for a while, unbound and without packages; a full bin lets go of the oldest."""
    detach(account, eip)
    for package in account.where(BandwidthPackage, "target_id", eip.id):
        account.remove(package)
    for protected in account.where(ProtectedEip, "eip_id", eip.id):
        account.remove(protected)
    account.change(eip, "recycle")
    eip.recycled = account.clock.now()
    await_nothing(account, eip)
    account.schedule(eip, "delete", eip.recycled + KEPT)
    in_bin = recycled_eips(account)
    for oldest in in_bin[: max(0, len(in_bin) - account.setting(RECYCLE_QUOTA))]:
        account.change(oldest, "delete")


def take_out_of_bin(account: AccountRegion, eip: Eip) -> None:
    """Have an EIP of the bin be there again, a prepaid one for a month."""
    account.change(eip, "restore")
    eip.recycled = None
    await_nothing(account, eip)
    if eip.payment == "Prepaid":
        eip.expires = months_later(account.clock.now(), 1)
        await_expiry(account, eip)


@on_timer(Eip, "delete")
def delete_at_last(account: AccountRegion, eip: Eip) -> None:
    """Let the recycle bin let go of an EIP, unless a planned fault had it end elsewhere."""
    if eip.state == RECYCLED:
        account.change(eip, "delete")


def _show(eip: Eip) -> RecycledEipView:
    recycled = eip.recycled or 0.0
    return {
        "name": eip.name,
        "eip": eip.address,
        "eipId": eip.id,
        "status": eip.status,
        "routeType": eip.route_type,
        "bandwidthInMbps": eip.bandwidth,
        "paymentTiming": eip.payment,
        "billingMethod": eip.billing_method,
        "recycleTime": iso(recycled),
        "scheduledDeleteTime": iso(recycled + KEPT),
    }
