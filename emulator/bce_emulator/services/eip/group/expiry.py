"""The end of what was paid for: a prepaid group expires with its EIPs, is kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.eip.group.members import let_members_go, pause_members, resume_members
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.shared import term


def prolong(account: AccountRegion, group: EipGroup, months: int) -> None:
    """Renew a prepaid group; one that has expired comes back with its EIPs."""
    term.prolong(account, group, months)
    resume_members(account, group)


@on_timer(EipGroup, "expire")
def expire(account: AccountRegion, group: EipGroup) -> None:
    """Let the time that was paid for be over."""
    account.change(group, "expire")
    pause_members(account, group)
    account.schedule(group, "release", account.clock.now() + term.KEPT)


@on_timer(EipGroup, "release")
def release(account: AccountRegion, group: EipGroup) -> None:
    """Give up a group that expired and was not renewed."""
    resume_members(account, group)
    let_members_go(account, group)
    account.change(group, "release")
