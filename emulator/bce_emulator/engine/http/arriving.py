"""Bodies that arrive at the same time, over whichever connections: of too much, who has taken longest is given up."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import ClassVar, Self

from bce_emulator.engine.http.too_much import Held

ARRIVING_BYTES = 64 * 1024 * 1024
"""How much may be there of bodies that are not whole yet."""


class Arriving:
    """A body that is arriving, and until when it may."""

    of_all: ClassVar[Held[Arriving]]

    def __init__(self, deadline: asyncio.Timeout) -> None:
        self._deadline = deadline
        self._size = 0
        self.is_given_up = False

    def __enter__(self) -> Self:
        """It begins."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It is whole, or will never be."""
        self.of_all.note(self, 0)

    def add(self, count: int) -> None:
        """So many bytes more are there."""
        if not self.is_given_up:
            self._size += count
            self.of_all.note(self, self._size)

    def give_up(self) -> None:
        """Have who waits for it wait no longer."""
        self.is_given_up = True
        if not self._deadline.expired():
            self._deadline.reschedule(0)


Arriving.of_all = Held("bodies that have not arrived whole", ARRIVING_BYTES, Arriving.give_up)
