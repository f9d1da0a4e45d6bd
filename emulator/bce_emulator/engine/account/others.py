"""What looks at other accounts, a call or what is due, waits until those that are only on disk are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.steps import OutOfTurn

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion
    from bce_emulator.engine.account.accounts import Account

Looks = bool | Callable[[Any], bool]
"""Whether something looks at other accounts, or from which accounts it does."""


def may_look(looks: Looks, account: AccountRegion) -> bool:
    """Whether it may ask for other accounts, from this one."""
    return looks if isinstance(looks, bool) else looks(account)


@contextmanager
def awaiting_others(account: Account) -> Iterator[None]:
    """Have what is done within taken back where it asks for an account that is to be read first, and say so.

    Where all accounts are in memory, and no seed's calls are made, nobody waits.
    """
    if not account.registry.may_have_to_wait():
        yield
        return
    with Undo(account, awaits_others=True) as undo:
        try:
            yield
        except OutOfTurn:
            undo.take_back()
            raise
