"""How EIPs, shared bandwidths and packages are paid for, and how requests name and tag them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.billing import Reservation, months_of
from bce_emulator.services.shared.names import EIP_NAME_RULE, is_eip_name
from bce_emulator.services.shared.tags import TagModel

IpVersion = Literal["ipv4", "ipv6"]
RouteType = Literal["BGP", "BGP_S", "ChinaTelecom", "ChinaTelcom", "ChinaUnicom", "ChinaMobile", "Static"]
BY_TRAFFIC, BY_BANDWIDTH, BY_BANDWIDTH_OF_BGP_S = range(1, 1_001), range(1, 501), range(100, 5_001)
"""The bandwidths of an EIP on offer, in Mbps."""
METHODS = ("ByTraffic", "ByBandwidth")
TAG_KEY, TAG_VALUE = re.compile(r"[-\w /.]{1,65}"), re.compile(r"[-\w /.]{0,65}")


class EipBilling(Model):
    """How something is paid for; the texts are compared without regard to case."""

    payment_timing: str = "Postpaid"
    billing_method: str = "ByBandwidth"
    reservation: Reservation = Reservation()


@dataclass(frozen=True, slots=True)
class Payment:
    """How something is paid for, found good."""

    timing: str
    method: str = ""
    months: int = 0


def payment_of(billing: EipBilling, methods: tuple[str, ...] = METHODS) -> Payment:
    """How a request wants to pay, or the refusal; a method is only for what is paid by use, a term for the other."""
    timing = spelled(billing.payment_timing or "Postpaid", ("Prepaid", "Postpaid"), "billing.paymentTiming")
    method = spelled(billing.billing_method or "ByBandwidth", methods, "billing.billingMethod")
    if timing == "Postpaid":
        return Payment(timing, method)
    return Payment(timing, months=months_reserved(billing))


def months_reserved(billing: EipBilling) -> int:
    """For how many months a request pays ahead."""
    if billing.reservation.reservation_time_unit.lower() not in {"", "month"}:
        raise BadRequest("billing.reservation.reservationTimeUnit is month")
    return months_of(billing.reservation)


def spelled(text: str, known: Iterable[str], member: str) -> str:
    """The text as it is documented, however its letters are written."""
    names = {each.lower(): each for each in known}
    if text.lower() not in names:
        raise BadRequest(f"{member} is none of {', '.join(names.values())}")
    return names[text.lower()]


def check_bandwidth(bandwidth: int, route_type: str, method: str, member: str = "bandwidthInMbps") -> None:
    """Refuse a bandwidth that an EIP of a line and a billing method cannot have."""
    by_bandwidth = BY_BANDWIDTH_OF_BGP_S if route_type == "BGP_S" else BY_BANDWIDTH
    offered = BY_TRAFFIC if method == "ByTraffic" else by_bandwidth
    if bandwidth not in offered:
        raise BadRequest(f"{member} is {offered[0]} to {offered[-1]}")


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule; none is good."""
    if name and not is_eip_name(name):
        raise BadRequest(f"name is {EIP_NAME_RULE}")


def check_tags(tags: tuple[TagModel, ...]) -> None:
    """Refuse tags that break the rule."""
    for tag in tags:
        if TAG_KEY.fullmatch(tag.tag_key) is None or TAG_VALUE.fullmatch(tag.tag_value) is None:
            raise BadRequest("tags have 1 to 65 and up to 65 letters, digits, Chinese characters and -_ /.")
