"""The end of what was paid for: a prepaid group expires with its EIPs, is kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.eip.group.members import let_members_go, pause_members, resume_members
from bce_emulator.services.eip.group.resource import EipGroup

KEPT = 7 * DAY
"""Seconds for which an expired group can be renewed."""


def await_expiry(account: AccountRegion, group: EipGroup) -> None:
    """Have a prepaid group expire when its time has come; of a postpaid one nothing is awaited."""
    account.schedule(group, "expire", group.expires)


def prolong(account: AccountRegion, group: EipGroup, months: int) -> None:
    """Renew a prepaid group; one that has expired comes back with its EIPs."""
    now = account.clock.now()
    account.change(group, "renew")
    group.expires = months_later(max(now, group.expires or now), months)
    account.schedule(group, "release", None)
    await_expiry(account, group)
    resume_members(account, group)


@on_timer(EipGroup, "expire")
def expire(account: AccountRegion, group: EipGroup) -> None:
    """Let the time that was paid for be over."""
    account.change(group, "expire")
    pause_members(account, group)
    account.schedule(group, "release", account.clock.now() + KEPT)


@on_timer(EipGroup, "release")
def release(account: AccountRegion, group: EipGroup) -> None:
    """Give up a group that expired and was not renewed."""
    resume_members(account, group)
    let_members_go(account, group)
    account.change(group, "release")
