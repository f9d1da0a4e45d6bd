"""How many resources an account may have, whatever makes them: a call that makes too many is taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.errors import AccountLimitExceeded


@contextmanager
def limited(account: Account, most: int) -> Iterator[None]:
    """Refuse what is done within, and have it not done, if the account has more than before then, and too many."""
    before = account.count()
    with Undo(account) as undo:
        yield
        after = account.count()
        if most < after > before:
            undo.take_back()
            raise AccountLimitExceeded(f"the account has {before} resources, may have {most}, and would have {after}")
