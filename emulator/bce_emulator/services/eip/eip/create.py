"""Apply for an EIP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, QualifyNotPass
from bce_emulator.services.eip.eip.errors import LimitExceeded
from bce_emulator.services.eip.eip.resource import EIP_QUOTA, Eip
from bce_emulator.services.shared.billing import Reservation, months_of, renewal_months
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.address.public import new_public_address, new_public_ipv6_address

IpVersion = Literal["ipv4", "ipv6"]
RouteType = Literal["BGP", "BGP_S", "ChinaTelecom", "ChinaTelcom", "ChinaUnicom", "ChinaMobile", "Static"]
BY_TRAFFIC, BY_BANDWIDTH, BY_BANDWIDTH_OF_BGP_S = range(1, 1_001), range(1, 501), range(100, 5_001)
"""The bandwidths on offer, in Mbps."""
NAME = re.compile(r"[A-Za-z][-A-Za-z0-9_/.]{0,64}")
TAG_KEY, TAG_VALUE = re.compile(r"[-\w /.]{1,65}"), re.compile(r"[-\w /.]{0,65}")


class EipBilling(Model):
    """How an EIP is paid for; the texts are compared without regard to case."""

    payment_timing: str = "Postpaid"
    billing_method: str = "ByBandwidth"
    reservation: Reservation = Reservation()


class ApplyForEipRequest(Model):
    """How broad the EIP is, and how it is paid for."""

    client_token: ClientToken = ""
    name: str = ""
    bandwidth_in_mbps: int
    billing: EipBilling
    ip_version: IpVersion = "ipv4"
    route_type: RouteType = "BGP"
    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 0
    delete_protect: bool = False
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    idc: str = ""


class ApplyForEipResponse(TypedDict):
    """The address that was given."""

    eip: str


@dataclass(frozen=True, slots=True)
class Payment:
    """How an EIP is paid for, found good."""

    timing: str
    method: str = ""
    months: int = 0
    renewal_months: int = 0


@operation("POST /v1/eip", errors=[QualifyNotPass, LimitExceeded], doc="https://cloud.baidu.com/doc/EIP/s/Wjwvz30fv")
def apply_for_eip(account: AccountRegion, request: ApplyForEipRequest) -> ApplyForEipResponse:
    """Get a public address."""
    payment = _payment(request)
    _check_bandwidth(request, payment)
    _check_texts(request)
    require_real_name(account)
    if len(account.collection(Eip)) >= account.setting(EIP_QUOTA):
        raise LimitExceeded(f"the setting {EIP_QUOTA.name} of this account is {account.setting(EIP_QUOTA)}")
    now = account.clock.now()
    eip = Eip(
        id=account.new_id(Eip),
        name=request.name or f"EIP{round(now * 1000)}",
        address=new_public_address(account) if request.ip_version == "ipv4" else new_public_ipv6_address(account),
        ip_version=request.ip_version,
        route_type=request.route_type,
        bandwidth=request.bandwidth_in_mbps,
        payment=payment.timing,
        billing_method=payment.method,
        expires=months_later(now, payment.months) if payment.months else None,
        auto_renew_months=payment.renewal_months,
        delete_protection=request.delete_protect,
        tags=tags_of(request.tags),
    )
    account.add(eip)
    account.change(eip, "create")
    return {"eip": eip.address}


def _payment(request: ApplyForEipRequest) -> Payment:
    billing = request.billing
    timing = _spelled(billing.payment_timing, ("Prepaid", "Postpaid"), "billing.paymentTiming")
    method = _spelled(billing.billing_method, ("ByTraffic", "ByBandwidth"), "billing.billingMethod")
    if timing == "Postpaid":
        return Payment(timing, method)
    if billing.reservation.reservation_time_unit.lower() != "month":
        raise BadRequest("billing.reservation.reservationTimeUnit is month")
    months = months_of(billing.reservation)
    renewal = renewal_months(request.auto_renew_time, request.auto_renew_time_unit) if request.auto_renew_time else 0
    return Payment(timing, months=months, renewal_months=renewal)


def _spelled(text: str, known: tuple[str, ...], member: str) -> str:
    """The text as it is documented, however its letters are written."""
    for each in known:
        if each.lower() == text.lower():
            return each
    raise BadRequest(f"{member} is none of {', '.join(known)}")


def _check_bandwidth(request: ApplyForEipRequest, payment: Payment) -> None:
    by_bandwidth = BY_BANDWIDTH_OF_BGP_S if request.route_type == "BGP_S" else BY_BANDWIDTH
    on_offer = BY_TRAFFIC if payment.method == "ByTraffic" else by_bandwidth
    if request.bandwidth_in_mbps not in on_offer:
        raise BadRequest(f"bandwidthInMbps is {on_offer[0]} to {on_offer[-1]}")


def _check_texts(request: ApplyForEipRequest) -> None:
    if request.name and NAME.fullmatch(request.name) is None:
        raise BadRequest("name is 1 to 65 letters, digits and -_/. with a letter first")
    for tag in request.tags:
        if TAG_KEY.fullmatch(tag.tag_key) is None or TAG_VALUE.fullmatch(tag.tag_value) is None:
            raise BadRequest("tags have 1 to 65 and up to 65 letters, digits, Chinese characters and -_ /.")
