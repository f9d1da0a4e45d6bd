"""Change EIPs: their bandwidth, and how and for how long they are paid for."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.eip.bandwidth_package.create import check_bandwidth_beside_packages
from bce_emulator.services.eip.eip.bind import EipRef
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.expiry import prolong
from bce_emulator.services.eip.eip.resource import Eip, eip_of
from bce_emulator.services.eip.eip.story import refresh
from bce_emulator.services.eip.payment import EipBilling, check_bandwidth, months_reserved
from bce_emulator.services.shared.billing import MONTHS, TERMS, renewal_months
from bce_emulator.services.shared.term import await_expiry

ERRORS = [EipNotFound, OperationDenied]


class EipBandwidthScalingCapacityRequest(EipRef):
    """Which EIP, and its bandwidth from now on."""

    new_bandwidth_in_mbps: int


class EipRenewalRequest(EipRef):
    """Which EIP to renew, and for how long."""

    billing: EipBilling


class StartEipAutoRenewRequest(EipRef):
    """Which EIP is to renew itself, and for how long each time."""

    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 1


class EipPostpaidToPrepaidRequest(Model):
    """Which EIP to pay for ahead, for how many months, and its bandwidth then."""

    client_token: ClientToken = ""
    eip: str
    purchase_length: int
    band_width: int


@operation("PUT /v1/eip/{eip}?resize", errors=ERRORS, doc="https://cloud.baidu.com/doc/EIP/s/Hjwvz325u")
def eip_bandwidth_scaling_capacity(account: AccountRegion, request: EipBandwidthScalingCapacityRequest) -> None:
    """Give an EIP another bandwidth; what is paid for ahead only grows."""
    eip = eip_of(account, request.eip)
    wanted = request.new_bandwidth_in_mbps
    check_bandwidth(wanted, eip.route_type, eip.billing_method, "newBandwidthInMbps")
    check_bandwidth_beside_packages(account, eip, wanted)
    _require_alone(eip)
    if eip.payment == "Prepaid" and wanted < eip.bandwidth:
        raise OperationDenied("what is paid for ahead cannot get less")
    account.change(eip, "update")
    eip.bandwidth = wanted
    refresh(account, eip)


@operation("PUT /v1/eip/{eip}?purchaseReserved", errors=ERRORS, doc="https://cloud.baidu.com/doc/EIP/s/7k09vdgk2")
def eip_renewal(account: AccountRegion, request: EipRenewalRequest) -> None:
    """Renew a prepaid EIP; one that has expired comes back."""
    eip = eip_of(account, request.eip)
    months = months_reserved(request.billing)
    _require_alone(eip)
    _require_prepaid(eip)
    account.check(eip, "renew")
    prolong(account, eip, months)


@operation("PUT /v1/eip/{eip}?startAutoRenew", errors=ERRORS, doc="https://cloud.baidu.com/doc/EIP/s/Sk9gykbek-en")
def start_eip_auto_renew(account: AccountRegion, request: StartEipAutoRenewRequest) -> None:
    """Have a prepaid EIP renew itself when its time is over."""
    eip = eip_of(account, request.eip)
    months = renewal_months(request.auto_renew_time, request.auto_renew_time_unit)
    _require_prepaid(eip)
    account.check(eip, "set_auto_renew")
    if eip.auto_renew_months:
        raise OperationDenied(f"{eip.address} renews itself already")
    eip.auto_renew_months = months


@operation("PUT /v1/eip/{eip}?stopAutoRenew", errors=ERRORS, doc="https://cloud.baidu.com/doc/EIP/s/Sk9gykbek-en")
def stop_eip_auto_renew(account: AccountRegion, request: EipRef) -> None:
    """Have an EIP expire instead of renewing itself."""
    eip = eip_of(account, request.eip)
    if not eip.auto_renew_months:
        raise OperationDenied(f"{eip.address} does not renew itself")
    eip.auto_renew_months = 0


@operation("PUT /v1/eip/{eip}?action=TO_PREPAY", errors=ERRORS, basis="client")
def eip_postpaid_to_prepaid(account: AccountRegion, request: EipPostpaidToPrepaidRequest) -> None:
    """Pay ahead for an EIP that is paid by use, at once."""
    eip = eip_of(account, request.eip)
    if request.purchase_length not in MONTHS:
        raise BadRequest(f"purchaseLength is months: {TERMS}")
    check_bandwidth(request.band_width, eip.route_type, "", "bandWidth")
    check_bandwidth_beside_packages(account, eip, request.band_width)
    _require_alone(eip)
    if eip.payment != "Postpaid":
        raise OperationDenied(f"{eip.address} is paid for ahead")
    account.check(eip, "to_prepaid")
    eip.payment, eip.billing_method, eip.bandwidth = "Prepaid", "", request.band_width
    eip.expires = months_later(account.clock.now(), request.purchase_length)
    await_expiry(account, eip)
    refresh(account, eip)


def _require_alone(eip: Eip) -> None:
    """Refuse what its group decides."""
    if eip.group_id:
        raise OperationDenied(f"{eip.address} is in the group {eip.group_id}")


def _require_prepaid(eip: Eip) -> None:
    if eip.payment != "Prepaid":
        raise OperationDenied(f"{eip.address} is not paid for ahead")
