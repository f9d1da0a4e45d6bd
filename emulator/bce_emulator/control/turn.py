"""Long work in slices, so that no call holds the others up."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")

SECONDS = 0.004
"""After how long others are served."""


class Turn:
    """The time that a call has had since others were last served.

    What such a call works on must not be the emulator's own, as that may be another after every pause.
    """

    def __init__(self) -> None:
        self._ends = perf_counter() + SECONDS

    async def pause(self) -> None:
        """Let others be served, if it is time."""
        if perf_counter() >= self._ends:
            await asyncio.sleep(0)
            self._ends = perf_counter() + SECONDS


async def in_turn(steps: Generator[None, None, Result]) -> Result:
    """The result of work that is done in small steps, with others served between."""
    turn = Turn()
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: Result = done.value
            return result
        await turn.pause()
