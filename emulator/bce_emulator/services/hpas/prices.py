"""What applications cost, in yuan: invented figures of a plausible size, the same in every run."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.services.hpas.offerings import Application
from bce_emulator.services.shared.prices import Price, price

CORE_HOUR = Decimal("0.180")
GB_HOUR = Decimal("0.030")
CARD_HOUR = Decimal("20.000")


def price_of_application(application: Application, months: int = 0, count: int = 1) -> Price:
    """Instances that run an application, for so many months, or for an hour."""
    hour = (
        CORE_HOUR * application.cpu_count + GB_HOUR * application.memory_gb + CARD_HOUR * application.gpu_cards
    ) * count
    return price(hour, months)
