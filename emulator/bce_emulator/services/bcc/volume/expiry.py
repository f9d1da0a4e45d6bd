"""The end of the prepaid time: a data volume expires, is renewed automatically, or becomes postpaid."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.bcc.volume.resource import Volume

RETRY = 60.0
"""Seconds until an expiry is tried again that met a volume in a passing status."""


@when_done(Volume, "create")
@when_done(Volume, "create_in_use")
@when_done(Volume, "create_to_attach")
def await_expiry(account: AccountRegion, volume: Volume) -> None:
    """Plan the expiry of a prepaid data volume; a system disk expires with its instance."""
    if volume.is_data:
        account.schedule(volume, "expire", volume.expires)


def make_prepaid(account: AccountRegion, volume: Volume, expires: float | None) -> None:
    """Make a volume prepaid; it is then not released with its instance."""
    volume.payment, volume.expires, volume.delete_with_instance = "Prepaid", expires, False
    await_expiry(account, volume)


def set_auto_renew(volume: Volume, months: int) -> None:
    """Renew a volume automatically by so many months each time; 0 months switches that off."""
    volume.auto_renew, volume.auto_renew_months = months > 0, months


def make_postpaid(account: AccountRegion, volume: Volume) -> None:
    """Make a volume postpaid."""
    volume.payment, volume.expires, volume.postpaid_later = "Postpaid", None, False
    set_auto_renew(volume, 0)
    await_expiry(account, volume)


def prolong(account: AccountRegion, volume: Volume, months: int) -> None:
    """Renew a prepaid volume for so many months; an expired one comes back."""
    if volume.lifecycle.find("renew", volume.state) is not None:
        account.change(volume, "renew")
    now = account.clock.now()
    volume.expires = months_later(max(now, volume.expires or now), months)
    await_expiry(account, volume)


@on_timer(Volume, "expire")
def expire(account: AccountRegion, volume: Volume) -> None:
    """Expire a volume, unless its prepaid time was prolonged meanwhile."""
    if volume.postpaid_later:
        make_postpaid(account, volume)
    elif volume.auto_renew:
        prolong(account, volume, volume.auto_renew_months)
    elif volume.lifecycle.find("expire", volume.state) is None:
        account.schedule(volume, "expire", account.clock.now() + RETRY)
    else:
        account.change(volume, "expire")
