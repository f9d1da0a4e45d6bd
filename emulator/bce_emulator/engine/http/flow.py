"""Whether a connection is read, not while something waits that was read already, and whether its client reads."""

from __future__ import annotations

from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Callable

from uvicorn.protocols.http.flow_control import FlowControl

UNREAD_SECONDS = 60
"""How long a client may read nothing of what waits for it."""


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


class Unread:
    """What waits for a client to be read: who reads nothing of it for long is disconnected."""

    def __init__(self, loop: AbstractEventLoop, transport: Transport) -> None:
        self._loop = loop
        self._transport = transport
        self._timer: TimerHandle | None = None

    def watch(self) -> None:
        """Much waits: see later whether the client has read some of it."""
        self.forget()
        self._timer = self._loop.call_later(UNREAD_SECONDS, self._look, self._transport.get_write_buffer_size())

    def forget(self) -> None:
        """The client has read, or is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self, before: int) -> None:
        if self._transport.get_write_buffer_size() >= before:
            self._transport.abort()
        else:
            self.watch()
