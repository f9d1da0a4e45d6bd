"""The end of what was paid for: a prepaid EIP renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.eip.eip.resource import Eip

KEPT = 7 * 86_400.0
"""Seconds for which the address of an expired EIP is kept."""


@when_done(Eip, "create")
def await_expiry(account: AccountRegion, eip: Eip) -> None:
    """Have a prepaid EIP expire when its time has come."""
    account.schedule(eip, "expire", eip.expires)


@on_timer(Eip, "expire")
def expire(account: AccountRegion, eip: Eip) -> None:
    """Let the time that was paid for be over, unless there is more of it."""
    now = account.clock.now()
    if eip.auto_renew_months:
        eip.expires = months_later(eip.expires or now, eip.auto_renew_months)
        await_expiry(account, eip)
    else:
        account.change(eip, "expire")
        account.schedule(eip, "release", now + KEPT)


@on_timer(Eip, "release")
def release(account: AccountRegion, eip: Eip) -> None:
    """Give up the address of an EIP that expired and was not renewed."""
    account.remove(eip)
