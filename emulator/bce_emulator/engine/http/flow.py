"""Whether a connection is read, not while something waits that was read already, and how much waits of all."""

from __future__ import annotations

from asyncio import Event, Transport
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl

from bce_emulator.engine.http.too_much import first_of_too_much

BACKLOG_BYTES = 64 * 1024 * 1024
"""How much may have arrived over all connections that is not parsed."""


class Backlogs:
    """What has arrived and is not parsed: of too much, the connection whose part waits longest is closed."""

    def __init__(self) -> None:
        self._sizes: dict[Transport, int] = {}
        self._bytes = 0

    def note(self, transport: Transport, size: int) -> None:
        """So many bytes of a connection wait from now on."""
        self._bytes += size - self._sizes.pop(transport, 0)
        if size:
            self._sizes[transport] = size
        while self._bytes > BACKLOG_BYTES and (first := first_of_too_much(self._sizes, BACKLOG_BYTES)) is not None:
            self._bytes -= self._sizes.pop(first)
            first.abort()


class Flow(FlowControl):
    """uvicorn's own; while it is held, the wish to read on calls ``go_on`` instead."""

    def __init__(self, transport: Transport, go_on: Callable[[], None], backlogs: Backlogs) -> None:
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
