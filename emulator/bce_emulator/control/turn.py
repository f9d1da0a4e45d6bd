"""Long work in slices, so that no call holds the others up."""

from __future__ import annotations

import asyncio
from time import perf_counter

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
