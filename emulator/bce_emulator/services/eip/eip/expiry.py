"""The end of what was paid for: a prepaid EIP renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.eip.eip.lifecycle import PAUSED
from bce_emulator.services.eip.eip.resource import Eip

KEPT = 7 * DAY
"""Seconds for which the address of an expired EIP is kept."""


def await_expiry(account: AccountRegion, eip: Eip) -> None:
    """Have a prepaid EIP expire when its time has come; of a postpaid one nothing is awaited."""
    account.schedule(eip, "expire", eip.expires)


def await_nothing(account: AccountRegion, eip: Eip) -> None:
    """Have time do nothing to an EIP any more."""
    for timer in eip.timers:
        account.schedule(eip, timer.name, None)


def prolong(account: AccountRegion, eip: Eip, months: int) -> None:
    """Renew a prepaid EIP; one that is paused, since it has expired, comes back."""
    now = account.clock.now()
    account.change(eip, "resume" if eip.state == PAUSED and eip.instance_id else "renew")
    eip.expires = months_later(max(now, eip.expires or now), months)
    account.schedule(eip, "release", None)
    await_expiry(account, eip)


@on_timer(Eip, "expire")
def expire(account: AccountRegion, eip: Eip) -> None:
    """Let the time that was paid for be over, unless there is more of it."""
    now = account.clock.now()
    if eip.auto_renew_months:
        eip.expires = months_later(eip.expires or now, eip.auto_renew_months)
        await_expiry(account, eip)
        return
    account.complete(eip)
    account.change(eip, "expire")
    account.schedule(eip, "release", now + KEPT)


@on_timer(Eip, "release")
def release(account: AccountRegion, eip: Eip) -> None:
    """Give up the address of an EIP that expired and was not renewed."""
    account.remove(eip)
