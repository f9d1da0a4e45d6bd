"""The term of what is paid for ahead: it is over, or renewed; what was not renewed is kept for a while and then gone.

A kind has the field ``expires``, perhaps ``auto_renew_months``, and the actions ``expire`` and ``renew``.
"""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import Resource, on_timer

KEPT = 7 * DAY
"""Seconds for which what has expired can be renewed."""


def await_expiry(account: AccountRegion, resource: Any) -> None:
    """Have a prepaid resource expire when its time has come; of a postpaid one nothing is awaited."""
    account.schedule(resource, "expire", resource.expires)


def prolong(account: AccountRegion, resource: Any, months: int, action: str = "renew") -> None:
    """Renew a prepaid resource, or the refusal; one that has expired comes back."""
    now = account.clock.now()
    account.change(resource, action)
    resource.expires = months_later(max(now, resource.expires or now), months)
    account.schedule(resource, "release", None)
    await_expiry(account, resource)


def end_term(account: AccountRegion, resource: Any) -> None:
    """Let the time that was paid for be over, unless the resource renews itself."""
    now = account.clock.now()
    if months := getattr(resource, "auto_renew_months", 0):
        resource.expires = months_later(resource.expires or now, months)
        await_expiry(account, resource)
        return
    account.complete(resource)
    if resource.collection is not None:
        account.change(resource, "expire")
        account.schedule(resource, "release", now + KEPT)


def ends_with_its_term(kind: type[Resource]) -> None:
    """Declare that prepaid resources of a kind expire, are kept for a while and then gone."""
    on_timer(kind, "expire")(end_term)
    on_timer(kind, "release")(AccountRegion.remove)
