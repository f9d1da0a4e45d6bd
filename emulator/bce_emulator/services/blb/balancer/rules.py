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


def check_description(desc: str | None, most: int = MAX_DESCRIPTION) -> None:
    """Refuse a description that is too long."""
    if desc is not None and len(desc) > most:
        raise BadRequest(f"a description has at most {most} characters")


def check_reason(reason: str | None) -> None:
    """Refuse a reason that is too long."""
    if reason is not None and len(reason) > MAX_REASON:
        raise BadRequest(f"modificationProtectionReason has at most {MAX_REASON} characters")


def check_level(level: str, billing: BlbBilling) -> int:
    """For how many months a request pays ahead, or 0, or the refusal of a level that cannot be paid for so."""
    if level not in {SHARED, UNLIMITED, *LEVELS}:
        raise BadRequest(f"performanceLevel is one of {', '.join(LEVELS)}, or {UNLIMITED}")
    by_capacity = billing.billing_method == BY_CAPACITY
    if billing.payment_timing == "Prepaid":
        if level == UNLIMITED or by_capacity:
            raise BadRequest(f"{BY_CAPACITY} is paid by use")
        return months_of(billing.reservation)
    if (level == UNLIMITED) is not by_capacity:
        raise BadRequest(f"performanceLevel {UNLIMITED} is for {BY_CAPACITY}, which has no other")
    return 0
