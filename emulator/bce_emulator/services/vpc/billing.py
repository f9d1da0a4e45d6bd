"""How gateways and connections are paid for: by ``payment``, until they expire; ``delete_protection`` is theirs too."""

from __future__ import annotations

from typing import Any, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.shared.billing import Reservation, months_of
from bce_emulator.services.shared.term import prolong


class GatewayBilling(Model):
    """How a gateway or a connection is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid"] = "Postpaid"
    reservation: Reservation = Reservation()


def end_of_term(account: AccountRegion, billing: GatewayBilling) -> float | None:
    """When what is paid for from now on is over; None for what is paid by use. A term not on offer is refused."""
    if billing.payment_timing == "Postpaid":
        return None
    return months_later(account.clock.now(), months_of(billing.reservation))


def renew(account: AccountRegion, gateway: Any, billing: GatewayBilling) -> None:
    """Renew a prepaid gateway, or the refusal; one that has expired comes back."""
    months = months_of(billing.reservation)
    if gateway.payment != "Prepaid":
        raise OperationDenied(f"{gateway.id} is not paid for ahead")
    prolong(account, gateway, months)


def check_free_to_go(account: AccountRegion, gateway: Any) -> None:
    """Refuse to release what is protected, still used, or paid for until later."""
    check_unused(account, gateway)
    if gateway.payment == "Prepaid" and (gateway.expires or 0.0) > account.clock.now():
        raise OperationDenied(f"{gateway.id} is paid for until it expires")


def check_unused(account: AccountRegion, gateway: Any) -> None:
    """Refuse to release what is protected or still used."""
    if gateway.delete_protection:
        raise OperationDenied(f"{gateway.id} is protected")
    if users := account.dependents(gateway):
        raise OperationDenied(f"{gateway.id} is used by {named(users)}")
