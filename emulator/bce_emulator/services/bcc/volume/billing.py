"""How volumes are paid for: kind of payment, renewal, expiry."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.errors import (
    AutoRenewNotSupportToPostpay,
    DiskStatusNotSupportBillingChange,
    ExpiredNotSupportToPostpay,
    PaymentTypeNotSupportToPostpay,
    VolumeTypeNotSupport,
)
from bce_emulator.services.bcc.volume.expiry import make_postpaid, make_prepaid, prolong, set_auto_renew
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.billing import MONTHS, Reservation, months_of, renewal_months
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order

AS_LONG_AS_THE_INSTANCE = 0
MONTHS_WITH_INSTANCE = MONTHS | {AS_LONG_AS_THE_INSTANCE, 48, 60}
Effective = Literal["AtOnce", "AfterExpiration"]


class PaymentChange(Model):
    """The kind of payment, and how long a prepaid volume is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid"]
    reservation: Reservation = Reservation()
    effective_type: Effective | None = None


class Renewal(Model):
    """How long to renew for."""

    reservation: Reservation


class ModifyVolumeChargeTypeRequest(Model):
    """Which volume changes its kind of payment, and from when on."""

    volume_id: str
    billing: PaymentChange
    effective_type: Effective | None = None


class PurchaseReservedVolumeRequest(Model):
    """Which volume to renew, and for how long."""

    client_token: ClientToken = ""
    volume_id: str
    billing: Renewal


class AutoRenewCDSVolumeRequest(Model):
    """Which volume to renew automatically, and by how long each time."""

    client_token: ClientToken = ""
    volume_id: str
    renew_time_unit: Literal["month", "year"]
    renew_time: int


class CancelAutoRenewCDSVolumeRequest(Model):
    """Which volume no longer to renew automatically."""

    client_token: ClientToken = ""
    volume_id: str


class PurchaseReservedVolumeResponse(TypedDict):
    """The order that renews the volume."""

    orderId: str


@operation(
    "PUT /v2/volume/{volumeId}?modifyChargeType",
    errors=[
        NoSuchObject,
        VolumeTypeNotSupport,
        PaymentTypeNotSupportToPostpay,
        AutoRenewNotSupportToPostpay,
        ExpiredNotSupportToPostpay,
        DiskStatusNotSupportBillingChange,
        OperationDenied,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/Qjwvyo38j",
)
def modify_volume_charge_type(account: AccountRegion, request: ModifyVolumeChargeTypeRequest) -> None:
    """Change a volume from postpaid to prepaid, or back."""
    volume = account.get(Volume, request.volume_id)
    if request.billing.payment_timing == "Prepaid":
        _to_prepaid(account, volume, request.billing.reservation)
    else:
        effective = request.effective_type or request.billing.effective_type or "AfterExpiration"
        _to_postpaid(account, volume, at_once=effective == "AtOnce")


def _to_prepaid(account: AccountRegion, volume: Volume, reservation: Reservation) -> None:
    if reservation.reservation_time_unit.lower() not in {"", "month"}:
        raise BadRequest("billing.reservation.reservationTimeUnit is month")
    if reservation.reservation_length not in MONTHS_WITH_INSTANCE:
        raise BadRequest(
            not_offered(
                "billing.reservation.reservationLength", reservation.reservation_length, sorted(MONTHS_WITH_INSTANCE)
            )
        )
    account.check(volume, "to_prepaid")
    instance = account.get(Instance, volume.instance_id)
    if not volume.is_data or volume.payment == "Prepaid" or instance.payment != "Prepaid":
        raise OperationDenied("only a postpaid data volume of a prepaid instance can become prepaid")
    months = reservation.reservation_length
    expires = instance.expires if months == AS_LONG_AS_THE_INSTANCE else months_later(account.clock.now(), months)
    make_prepaid(account, volume, expires)


def _to_postpaid(account: AccountRegion, volume: Volume, *, at_once: bool) -> None:
    if not volume.is_data:
        raise VolumeTypeNotSupport
    if volume.payment != "Prepaid":
        raise PaymentTypeNotSupportToPostpay
    if volume.auto_renew:
        raise AutoRenewNotSupportToPostpay
    account.check(volume, "to_postpaid")
    if at_once:
        make_postpaid(account, volume)
    else:
        volume.postpaid_later = True


@operation(
    "PUT /v2/volume/{volumeId}?purchaseReserved",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Tjwvyo25y-en",
)
def purchase_reserved_volume(
    account: AccountRegion, request: PurchaseReservedVolumeRequest
) -> PurchaseReservedVolumeResponse:
    """Renew a prepaid volume."""
    months = months_of(request.billing.reservation)
    volume = _prepaid(account, request.volume_id)
    account.check(volume, "renew")
    prolong(account, volume, months)
    return {"orderId": new_order(account)}


@operation(
    "POST /v2/volume/autoRenew",
    name="AutoRenewCDSVolume",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
)
def auto_renew_cds_volume(account: AccountRegion, request: AutoRenewCDSVolumeRequest) -> None:
    """Renew a prepaid volume automatically from now on."""
    months = renewal_months(request.renew_time, request.renew_time_unit)
    volume = _prepaid(account, request.volume_id)
    account.check(volume, "renew")
    set_auto_renew(volume, months)


@operation(
    "POST /v2/volume/cancelAutoRenew",
    name="CancelAutoRenewCDSVolume",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
)
def cancel_auto_renew_cds_volume(account: AccountRegion, request: CancelAutoRenewCDSVolumeRequest) -> None:
    """Let a prepaid volume expire when its time has come."""
    volume = _prepaid(account, request.volume_id)
    set_auto_renew(volume, 0)


def _prepaid(account: AccountRegion, volume_id: str) -> Volume:
    volume = account.get(Volume, volume_id)
    if volume.payment != "Prepaid":
        raise OperationDenied("a postpaid volume is not renewed")
    return volume
