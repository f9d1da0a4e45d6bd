"""Whether a connection is read, not while something waits that was read already, and how much waits of all."""

from __future__ import annotations

from asyncio import Event, Transport
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl

from bce_emulator.engine.http.too_much import Held


class Flow(FlowControl):
    """uvicorn's own; while it is held, the wish to read on calls ``go_on`` instead."""

    def __init__(self, transport: Transport, go_on: Callable[[], None], backlogs: Held[Transport]) -> None:
        super().__init__(transport)
        self._is_held = False
        self._go_on = go_on
        self._backlogs = backlogs

    def hold(self, size: int) -> None:
        """Read no more till all that was read is parsed, which is so many bytes."""
        self._is_held = True
        self._backlogs.note(self._transport, size)
        self.pause_reading()

    def let_go(self, resume: bool) -> None:
        """Nothing that was read is to be parsed; ``resume`` if no request waits, so that there is room for more."""
        if self._is_held:
            self._is_held = False
            self._backlogs.note(self._transport, 0)
        if resume:
            self.resume_reading()

    def forget(self) -> None:
        """The connection is closed, so there is nothing to go on with."""
        self.let_go(resume=False)
        self._go_on = _nothing

    def resume_reading(self) -> None:
        """Read on, or parse what was read."""
        if self._is_held:
            self._go_on()
        elif self.read_paused:
            super().resume_reading()


def _nothing() -> None:
    return


class NoCycle:
    """Stands where uvicorn keeps the request being answered, when there is none."""

    response_complete = True
    keep_alive = True
    message_event = Event()
