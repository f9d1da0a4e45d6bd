"""The end of what was paid for: a prepaid EIP renews itself, or is paused, kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.eip.eip.lifecycle import PAUSED
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.shared import term

term.ends_with_its_term(Eip)


def await_nothing(account: AccountRegion, eip: Eip) -> None:
    """Have time do nothing to an EIP any more."""
    for timer in eip.timers:
        account.schedule(eip, timer.name, None)


def prolong(account: AccountRegion, eip: Eip, months: int) -> None:
    """Renew a prepaid EIP; one that is paused, since it has expired, comes back."""
    term.prolong(account, eip, months, "resume" if eip.state == PAUSED and eip.instance_id else "renew")
