"""Bodies that arrive at the same time, over whichever connections: of too much, who has taken longest is given up."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import ClassVar, Self

from bce_emulator.engine.http.too_much import first_of_too_much

ARRIVING_BYTES = 64 * 1024 * 1024
"""How much may be there of bodies that are not whole yet."""


class Arriving:
    """A body that is arriving, and until when it may."""

    sizes: ClassVar[dict[Arriving, int]] = {}
    total: ClassVar[int] = 0

    def __init__(self, deadline: asyncio.Timeout) -> None:
        self._deadline = deadline
        self.is_given_up = False

    def __enter__(self) -> Self:
        """It begins."""
        self.sizes[self] = 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It is whole, or will never be."""
        Arriving.total -= self.sizes.pop(self, 0)

    def add(self, count: int) -> None:
        """So many bytes more are there."""
        if self.is_given_up:
            return
        self.sizes[self] += count
        Arriving.total += count
        while Arriving.total > ARRIVING_BYTES and (first := first_of_too_much(self.sizes, ARRIVING_BYTES)) is not None:
            first.give_up()

    def give_up(self) -> None:
        """Have who waits for it wait no longer."""
        self.is_given_up = True
        Arriving.total -= self.sizes.pop(self)
        if not self._deadline.expired():
            self._deadline.reschedule(0)
