"""What things cost, in yuan: invented figures of a plausible size, the same in every run."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

HOURS_A_MONTH = 720
PAID_AHEAD = Decimal("0.5")
"""What a month paid ahead costs of the same month paid by the hour."""
LONG_TERMS = {12: Decimal("0.83"), 24: Decimal("0.70"), 36: Decimal("0.50")}
"""What is paid of the list price, by months."""


class Price(NamedTuple):
    """The list price and what is really paid."""

    listed: Decimal
    paid: Decimal

    @property
    def discount(self) -> str:
        """What is paid of the list price, in percent."""
        return str(round(self.paid / self.listed * 100))


def price(hour: Decimal, months: int = 0) -> Price:
    """What costs so much by the hour, for so many months, or for an hour."""
    if not months:
        return Price(hour, hour)
    listed = hour * HOURS_A_MONTH * PAID_AHEAD * months
    return Price(listed, listed * LONG_TERMS.get(months, Decimal(1)))


def money(amount: Decimal) -> str:
    """An amount as answers write it: five digits after the point."""
    return str(amount.quantize(Decimal("0.00001"), ROUND_HALF_UP))
