"""What clients make wait in memory, each within its own bound, must not be too much for all of them together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger("bce_emulator")

Waiting = TypeVar("Waiting")


class Held(Generic[Waiting]):
    """How much is held for each: where all but the largest have more than ``most`` bytes, who began first is given up.

    That is logged once, till nothing is held. ``what`` is held says how the log calls it.
    """

    def __init__(self, what: str, most: int, give_up: Callable[[Waiting], None]) -> None:
        self.most = most
        self.sizes: dict[Waiting, int] = {}
        self.total = 0
        self._what = what
        self._give_up = give_up
        self._told = False

    def note(self, each: Waiting, size: int) -> None:
        """So many bytes are held for it from now on; none is not to be given up any more."""
        self.total += size - self.sizes.get(each, 0)
        if size:
            self.sizes[each] = size
        else:
            self.sizes.pop(each, None)
            self._told = self._told and bool(self.sizes)
        while self.total > self.most and (first := first_of_too_much(self.sizes, self.most)) is not None:
            self._tell()
            self.total -= self.sizes.pop(first)
            self._give_up(first)

    def _tell(self) -> None:
        if not self._told:
            log.warning("%s take more than %d bytes together; who began first is given up", self._what, self.most)
        self._told = True


def first_of_too_much(sizes: dict[Waiting, int], most: int) -> Waiting | None:
    """Who came first, where all of these but the largest have more than this; the largest may be what it likes."""
    total = sum(sizes.values())
    if total <= most:
        return None
    largest = max(reversed(sizes), key=sizes.__getitem__)
    return next(each for each in sizes if each is not largest) if total - sizes[largest] > most else None
