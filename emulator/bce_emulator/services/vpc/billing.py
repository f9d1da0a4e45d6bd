"""How gateways and connections are paid for, and what becomes of one whose time is over.

A kind that can be paid for ahead has the fields ``payment``, ``expires`` and ``delete_protection``, the actions
``expire`` and ``renew`` in its lifecycle, and says ``ends_with_its_term``.
"""

from __future__ import annotations

from typing import Any, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.references import named
from bce_emulator.engine.account.resource import Resource, on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.shared.billing import Reservation, months_of

KEPT = 7 * DAY
"""Seconds for which what has expired can be renewed."""


class GatewayBilling(Model):
    """How a gateway or a connection is paid for."""

    payment_timing: Literal["Prepaid", "Postpaid"] = "Postpaid"
    reservation: Reservation = Reservation()


def end_of_term(account: AccountRegion, billing: GatewayBilling) -> float | None:
    """When what is paid for from now on is over; None for what is paid by use. A term not on offer is refused."""
    if billing.payment_timing == "Postpaid":
        return None
    return months_later(account.clock.now(), months_of(billing.reservation))


def await_expiry(account: AccountRegion, gateway: Any) -> None:
    """Have a prepaid gateway expire when its time has come; of a postpaid one nothing is awaited."""
    account.schedule(gateway, "expire", gateway.expires)


def renew(account: AccountRegion, gateway: Any, billing: GatewayBilling) -> None:
    """Renew a prepaid gateway, or the refusal; one that has expired comes back."""
    months = months_of(billing.reservation)
    if gateway.payment != "Prepaid":
        raise OperationDenied(f"{gateway.id} is not paid for ahead")
    now = account.clock.now()
    account.change(gateway, "renew")
    gateway.expires = months_later(max(now, gateway.expires or now), months)
    account.schedule(gateway, "release", None)
    await_expiry(account, gateway)


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


def ends_with_its_term(kind: type[Resource]) -> None:
    """Declare that prepaid resources of a kind expire, are kept for a while and then gone."""

    @on_timer(kind, "expire")
    def expire(account: AccountRegion, gateway: Any) -> None:
        account.complete(gateway)
        if gateway.collection is not None:
            account.change(gateway, "expire")
            account.schedule(gateway, "release", account.clock.now() + KEPT)

    @on_timer(kind, "release")
    def release(account: AccountRegion, gateway: Any) -> None:
        account.remove(gateway)
