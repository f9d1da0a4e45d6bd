"""For how long things are paid: terms that are on offer, and renewals."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest

MONTHS = frozenset((*range(1, 10), 12, 24, 36))
YEARS = frozenset((1, 2, 3))
UNITS = {"": MONTHS, "month": MONTHS, "year": YEARS}
TERMS = "1 to 9, 12, 24 or 36 months, or 1 to 3 years"
RENEWALS = {"": range(1, 10), "month": range(1, 10), "year": YEARS}


class Reservation(Model):
    """How long a prepaid resource is paid for."""

    reservation_length: int = 0
    reservation_time_unit: str = "month"


class Billing(Model):
    """How a resource is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid", "bidding", "Spotpaid"] = "Postpaid"
    reservation: Reservation = Reservation()


def check_billing(billing: Billing) -> None:
    """A prepaid resource is paid for 1 to 9, 12, 24 or 36 months, or 1 to 3 years."""
    if billing.payment_timing == "Prepaid":
        months_of(billing.reservation)


def months_of(reservation: Reservation) -> int:
    """How many months a reservation lasts; what is not on offer is refused."""
    length, unit = reservation.reservation_length, reservation.reservation_time_unit.lower()
    if unit not in UNITS or length not in UNITS[unit]:
        raise BadRequest(f"billing.reservation is {TERMS}, not {length} of {unit[:64] or 'month'!r}")
    return in_months(length, unit)


def renewal_months(length: int, unit: str) -> int:
    """By how many months something renews itself; a length that is not on offer is refused."""
    if length not in RENEWALS.get(unit.lower(), ()):
        raise BadRequest("a renewal is for 1 to 9 months or 1 to 3 years")
    return in_months(length, unit)


def in_months(length: int, unit: str) -> int:
    """So many months, or years, in months."""
    return length * (12 if unit.lower() == "year" else 1)
