"""How instances and reserved instances are paid for."""

from __future__ import annotations

from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.billing import TERMS, UNITS, in_months, renewal_months

POSTPAID, PREPAID, NO_PREPAY = "Postpaid", "Prepaid", "NoPrepay"
RESERVED_MONTHS = (1, 3, 6, 9, 12, 24, 36)


class BillingModel(Model):
    """How something is paid for, for how long, and whether it renews itself then."""

    charge_type: str = ""
    period: int = 0
    period_unit: str = ""
    auto_renew: bool = False
    auto_renew_period: int = 0
    auto_renew_period_unit: str = ""
    spot_price_limit: str = ""
    spot_strategy: str = ""


def months_ahead(billing: BillingModel) -> int:
    """For how many months an instance is paid ahead, 0 if it is by use; what is not on offer is refused."""
    if billing.spot_strategy or billing.spot_price_limit or billing.charge_type not in {"", POSTPAID, PREPAID}:
        raise BadRequest(f"chargeType is {POSTPAID} or {PREPAID}; nothing is bid for")
    if billing.charge_type != PREPAID:
        return 0
    return months_of(billing.period, billing.period_unit)


def months_of(period: int, unit: str) -> int:
    """So many months or years in months; what is not on offer is refused."""
    if period not in UNITS.get(unit.lower(), ()):
        raise BadRequest(f"period is {TERMS}")
    return in_months(period, unit)


def renewed_months(billing: BillingModel) -> int:
    """By how many months something renews itself, 0 if it does not; what is not on offer is refused."""
    return renewal_months(billing.auto_renew_period, billing.auto_renew_period_unit) if billing.auto_renew else 0


def reserved_months(period: int, unit: str) -> int:
    """For how many months something is reserved; what is not on offer is refused."""
    if unit.lower() not in {"", "month"} or (period or 1) not in RESERVED_MONTHS:
        raise BadRequest(f"a reservation is for one of {', '.join(map(str, RESERVED_MONTHS))} months")
    return period or 1
