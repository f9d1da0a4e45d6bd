"""Whether a connection is read, not while something waits that was read already."""

from __future__ import annotations

from asyncio import Event, Transport
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl


class Flow(FlowControl):
    """uvicorn's own; while it is held, the wish to read on calls ``go_on`` instead."""

    def __init__(self, transport: Transport, go_on: Callable[[], None]) -> None:
        super().__init__(transport)
        self._is_held = False
        self._go_on = go_on

    def hold(self) -> None:
        """Read no more till all that was read is parsed."""
        self._is_held = True
        self.pause_reading()

    def let_go(self, resume: bool) -> None:
        """All that was read is parsed; ``resume`` if no request waits, so that there is room for more."""
        self._is_held = False
        if resume:
            self.resume_reading()

    def resume_reading(self) -> None:
        """Read on, or parse what was read."""
        if self._is_held:
            self._go_on()
        elif self.read_paused:
            super().resume_reading()


class NoCycle:
    """Stands where uvicorn keeps the request being answered, when there is none."""

    response_complete = True
    keep_alive = True
    message_event = Event()
