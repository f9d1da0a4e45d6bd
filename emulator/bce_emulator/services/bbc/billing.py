"""How servers are paid for: ahead, or by use."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.declare.models import Model
from bce_emulator.services.shared.billing import Reservation, months_of


class ServerBilling(Model):
    """How a server is paid for; it cannot be bid for."""

    payment_timing: Literal["Prepaid", "Postpaid"] = "Postpaid"
    reservation: Reservation = Reservation()


def months_ahead(billing: ServerBilling) -> int:
    """For how many months is paid ahead, 0 if it is by use; a term that is not on offer is refused."""
    return months_of(billing.reservation) if billing.payment_timing == "Prepaid" else 0
