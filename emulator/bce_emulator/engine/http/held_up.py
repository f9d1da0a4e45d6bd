"""Requests while who writes is held up, as SQLite's log is begun anew: what only reads goes on."""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.http.routing import Target
from bce_emulator.engine.observe.journal import Exchange
from bce_emulator.engine.steps import Shared

UntilFree = Callable[[str], Shared | None]
"""What to wait for before something is written, or an account is read that has what is not kept yet."""


def only_read(target: Target | None, account: Account | None) -> str:
    """The account of which a request only reads, as nothing of it is due either; else none."""
    if account is None or target is None or not target.only_reads or account.clock.is_behind():
        return ""
    return account.name


def keeps_nothing(exchange: Exchange, until_free: UntilFree | None) -> bool:
    """Whether a request has only read, and others are held up: what they have changed is kept later."""
    if until_free is None or exchange.target is None or not exchange.target.only_reads:
        return False
    return until_free("") is not None and until_free(exchange.account_key[0]) is None
