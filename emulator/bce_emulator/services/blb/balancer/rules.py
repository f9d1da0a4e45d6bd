"""Rules for the names, descriptions and terms of load balancers and of what belongs to them."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.blb.balancer.resource import LEVELS, SHARED, UNLIMITED
from bce_emulator.services.shared.billing import Reservation, months_of
from bce_emulator.services.shared.names import EIP_NAME_RULE, is_eip_name

MAX_DESCRIPTION, MAX_SHORT_DESCRIPTION, MAX_REASON = 450, 200, 128
BY_SPEC, BY_CAPACITY = "BySpec", "ByCapacityUnit"


class BlbBilling(Model):
    """How a load balancer is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid"] = "Postpaid"
    billing_method: Literal["BySpec", "ByCapacityUnit"] | None = None
    reservation: Reservation = Reservation()


def check_name(name: str | None) -> None:
    """Refuse a name that breaks the rule, which is that of public addresses; none is good."""
    if name and not is_eip_name(name):
        raise BadRequest(f"name is {EIP_NAME_RULE}")


def check_given_name(name: str) -> None:
    """Refuse a name that breaks the rule, or none."""
    if not is_eip_name(name):
        raise BadRequest(f"name is {EIP_NAME_RULE}")


def check_description(desc: str | None, most: int = MAX_DESCRIPTION) -> None:
    """Refuse a description that is too long."""
    if desc is not None and len(desc.encode()) > most:
        raise BadRequest(f"a description has at most {most} bytes")


def check_reason(reason: str | None) -> None:
    """Refuse a reason that is too long."""
    if reason is not None and len(reason) > MAX_REASON:
        raise BadRequest(f"modificationProtectionReason has at most {MAX_REASON} characters")


def check_level(level: str, *, prepaid: bool, by_capacity: bool) -> None:
    """Refuse a level that there is not, or that cannot be paid for so."""
    if level not in {SHARED, UNLIMITED, *LEVELS}:
        raise BadRequest(f"performanceLevel is one of {', '.join(LEVELS)}, or {UNLIMITED}")
    if prepaid and (by_capacity or level == UNLIMITED):
        raise BadRequest(f"{BY_CAPACITY} is paid by use")
    if by_capacity is not (level == UNLIMITED):
        raise BadRequest(f"performanceLevel {UNLIMITED} is for {BY_CAPACITY}, which has no other")


def level_and_months(level: str, billing: BlbBilling) -> tuple[str, int]:
    """The level that a request wants, and for how many months it pays ahead, or 0; what is not on offer is refused."""
    prepaid, by_capacity = billing.payment_timing == "Prepaid", billing.billing_method == BY_CAPACITY
    wanted = level or (UNLIMITED if by_capacity else SHARED)
    check_level(wanted, prepaid=prepaid, by_capacity=by_capacity)
    return wanted, months_of(billing.reservation) if prepaid else 0
