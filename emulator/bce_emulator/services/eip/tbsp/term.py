"""The term of a package, and its end: it renews itself, or stops and is released a week later."""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.eip.tbsp.resource import Tbsp
from bce_emulator.services.shared.billing import in_months
from bce_emulator.services.shared.offered import not_offered

KEPT = 7 * DAY
"""Seconds for which a package that has expired can be renewed."""
Terms = dict[str, range | tuple[int, ...]]
TERMS: Terms = {"DAY": range(1, 21), "MONTH": (3, 6), "YEAR": range(1, 4)}
RENEWALS: Terms = {"DAY": range(1, 21), "MONTH": range(1, 10), "YEAR": range(1, 4)}


class Term(NamedTuple):
    """So many days, months or years."""

    length: int
    unit: str

    def after(self, start: float) -> float:
        """The moment so much later, in Unix seconds."""
        if self.unit == "DAY":
            return start + self.length * DAY
        return months_later(start, in_months(self.length, self.unit))


def term_of(length: int, unit: str, terms: Terms, member: str) -> Term:
    """The term that a request asks for; one that is not on offer is refused."""
    unit = spelled(unit, terms, f"{member}TimeUnit")
    if length not in terms[unit]:
        raise BadRequest(not_offered(f"{member} by the {unit}", length, terms[unit]))
    return Term(length, unit)


def prolong(account: AccountRegion, tbsp: Tbsp, expires: float) -> None:
    """Have a package expire at another moment; one that has stopped runs again."""
    account.change(tbsp, "renew")
    tbsp.expires = expires
    account.schedule(tbsp, "release", None)
    account.schedule(tbsp, "expire", expires)


@on_timer(Tbsp, "expire")
def expire(account: AccountRegion, tbsp: Tbsp) -> None:
    """Let the time that was paid for be over, unless there is more of it."""
    if tbsp.auto_renew_months:
        prolong(account, tbsp, months_later(tbsp.expires, tbsp.auto_renew_months))
        return
    account.change(tbsp, "expire")
    account.schedule(tbsp, "release", account.clock.now() + KEPT)


@on_timer(Tbsp, "release")
def release(account: AccountRegion, tbsp: Tbsp) -> None:
    """Give up a package that expired and was not renewed."""
    account.change(tbsp, "release")
