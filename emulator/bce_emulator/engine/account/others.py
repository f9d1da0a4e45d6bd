"""A call that looks at other accounts waits until those that are only on disk are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.steps import OutOfTurn


@contextmanager
def awaiting_others(account: Account) -> Iterator[None]:
    """Have what is done within taken back where it asks for an account that is to be read first, and say so.

    Where all accounts are in memory nobody waits.
    """
    if not account.registry.only_on_disk():
        yield
        return
    with Undo(account) as undo:
        account.awaits_others = True
        try:
            yield
        except OutOfTurn:
            undo.take_back()
            raise
        finally:
            account.awaits_others = False
