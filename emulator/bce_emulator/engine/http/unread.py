"""Whether a client reads what is sent to it, and how much waits for all clients."""

from __future__ import annotations

from asyncio import AbstractEventLoop, TimerHandle, Transport
from typing import Any
from weakref import proxy

from bce_emulator.engine.http.too_much import Held

UNREAD_SECONDS = 60
"""How long a client may read nothing of what waits for it."""
UNREAD_BYTES = 64 * 1024 * 1024
"""How much may wait for all clients."""


class Unread:
    """What waits for a client to be read: who reads nothing of it for long is disconnected.

    What was ``written`` last is kept whole until all of it is sent, however much of it the system has taken.
    """

    written = 0

    def __init__(self, loop: AbstractEventLoop, transport: Transport, of_all: Held[Unread]) -> None:
        self.transport = transport
        self._loop = loop
        self._of_all = of_all
        self._timer: TimerHandle | None = None

    def bytes(self) -> int:
        """How much memory it takes."""
        return max(self.written, self.transport.get_write_buffer_size())

    def watch(self) -> None:
        """Much waits: see later whether the client has read some of it."""
        self._of_all.note(self, self.bytes())
        self._set_timer()

    def forget(self) -> None:
        """The client has read, or is gone."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._of_all.note(self, 0)

    def _set_timer(self) -> None:
        self._timer = self._loop.call_later(UNREAD_SECONDS, self._look, self.transport.get_write_buffer_size())

    def _look(self, before: int) -> None:
        if self.transport.get_write_buffer_size() >= before:
            self.transport.abort()
        else:
            self._set_timer()


class Written:
    """A transport for who sends an answer by ASGI: how long it is becomes known, with what of it is to follow.

    The cycle that answers has it, and is not kept by it: nobody has to wait for the collector then.
    """

    def __init__(self, unread: Unread, cycle: Any) -> None:
        self._unread = unread
        self._transport = unread.transport
        self._cycle = proxy(cycle)

    def write(self, data: Any) -> None:
        """Send it."""
        self._unread.written = len(data) + self._cycle.expected_content_length
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        """All else is the transport's."""
        return getattr(self._transport, name)
