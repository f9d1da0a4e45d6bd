"""What servers cost, in yuan: invented figures of a plausible size, the same in every run."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.services.bbc.offerings import Flavor
from bce_emulator.services.shared.prices import Price, price

CORE_HOUR = Decimal("0.180")
GB_HOUR = Decimal("0.030")
CARD_HOUR = Decimal("20.000")


def price_of_flavor(flavor: Flavor, months: int = 0, count: int = 1) -> Price:
    """Servers of a flavor for so many months, or for an hour."""
    hour = CORE_HOUR * flavor.cpu_count + GB_HOUR * flavor.memory_gb + CARD_HOUR * flavor.cards
    return price(hour * count, months)
