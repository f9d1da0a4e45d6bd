"""What addresses, bandwidth and traffic cost, in yuan: invented figures, the same in every run."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.services.eip.payment import Payment
from bce_emulator.services.shared.prices import money

MBPS_MINUTE, GB, MBPS_MONTH = Decimal("0.00010"), Decimal("0.76"), Decimal("23.00")
GB_OF_A_PACKAGE = {"FullTimeDurationPackage": Decimal("0.72"), "TimeDurationPackage": Decimal("0.36")}


def prices_of(payment: Payment, mbps: int, count: int) -> dict[str, str]:
    """What so many of a bandwidth cost: for the term, or by the minute or the GB."""
    if payment.months:
        return {"purchasePrice": money(MBPS_MONTH * mbps * payment.months * count)}
    if payment.method == "ByTraffic":
        return {"netrafficPrice": money(GB * count)}
    return {"configPrice": money(MBPS_MINUTE * mbps * count)}
