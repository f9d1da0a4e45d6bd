"""Which accounts nobody has used for long, by the wall clock; what that costs does not grow with their number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from math import inf

FORGOTTEN_AT_ONCE = 2
"""How many accounts a request forgets at most: one more than it can make, so that none of them pays for all."""


class Idle:
    """The accounts in the order in which they were used last; those that are to stay whatever happens are not noted."""

    def __init__(self, seconds: float | None, spared: Iterable[str] = ()) -> None:
        self.seconds = seconds
        self._most = inf if seconds is None else seconds
        self._spared = frozenset(spared)
        self._used: OrderedDict[str, float] = OrderedDict()
        self.next_due = inf
        """Nobody was idle for too long before this moment."""

    def note(self, name: str, now: float) -> None:
        """An account is used."""
        if name not in self._spared:
            if not self._used:
                self.next_due = now + self._most
            self._used[name] = now
            self._used.move_to_end(name)

    def overdue(self, now: float) -> list[str]:
        """Some accounts that were idle for too long, the longest first; they are noted no more."""
        names: list[str] = []
        while self._used and len(names) < FORGOTTEN_AT_ONCE:
            name, last = next(iter(self._used.items()))
            if now - last <= self._most:
                self.next_due = last + self._most
                break
            del self._used[name]
            names.append(name)
        if not self._used:
            self.next_due = inf
        return names
