"""How many connections there may be: beyond that, a new one takes the place of the one that is silent for longest."""

from __future__ import annotations

import logging
from asyncio import Transport
from collections import deque
from operator import itemgetter, methodcaller
from typing import Protocol

from bce_emulator.engine.http.too_much import Held
from bce_emulator.engine.http.turns import SHORT_ANSWER, Turns
from bce_emulator.engine.http.unread import UNREAD_BYTES, Unread
from bce_emulator.engine.steps import Turn

try:
    import resource
except ImportError:  # pragma: no cover (Windows has no such limit)
    resource = None  # type: ignore[assignment]

log = logging.getLogger("bce_emulator")

OTHER_FILES = 32
"""Files that are no connections: the listener, the loop's own, the state, and what is accepted before it is counted."""


HEADS_BYTES = 64 * 1024 * 1024
"""How much memory heads may take that have not ended, and trailers."""
HEADER_BYTES = 200
"""What each header takes beside its bytes."""
BACKLOG_BYTES = 64 * 1024 * 1024
"""How much may have arrived over all connections behind what waits, and is not parsed."""


class Connection(Protocol):
    """What is known of a connection here; ``idle_since`` never goes back."""

    transport: Transport
    idle_since: float
    in_head: bool
    in_body: bool
    headers: list[tuple[bytes, bytes]]


class Connections:
    """Those of one server; the silent ones are those that wait for a request. They take ``turns``.

    A connection is not moved each time it was answered. Where there is no room, the silent ones are put in order, to go
    one by one; whoever was answered since then has waited for less long than all that were not.
    """

    def __init__(self, most: int) -> None:
        files = file_limit()
        room = most if files is None else max(1, min(most, files - OTHER_FILES))
        self.most = room
        self._why = f"--max-connections {most}" if room == most else f"this process may open {files} files (ulimit -n)"
        self._silent: dict[Connection, None] = {}
        self._to_go: deque[tuple[float, Connection]] = deque()
        self._told = False
        self.turns = Turns()
        self.heads: Held[Connection] = Held("heads and trailers that have not ended", HEADS_BYTES, _abort)
        self.unread: Held[Unread] = Held("answers that are not read", UNREAD_BYTES, _abort)
        self.backlogs: Held[Transport] = Held("what waits behind requests", BACKLOG_BYTES, methodcaller("abort"))

    def opened(self, connection: Connection, count: int) -> None:
        """There is one more, so that there are so many: make room for it, or close it where all others are busy."""
        if count > self.most:
            self._tell()
            self.turns.send()
            oldest = self._oldest() or connection
            self._silent.pop(oldest, None)
            oldest.transport.abort()
            if oldest is connection:
                return
        elif count <= self.most // 2:
            self._told = False
            self._to_go.clear()
        self._silent[connection] = None

    def busy(self, connection: Connection) -> None:
        """It has a request that is being read or answered."""
        self._silent.pop(connection, None)

    def silent(self, connection: Connection) -> None:
        """It waits for a request, since a moment that it says itself."""
        self._silent[connection] = None

    def closed(self, connection: Connection) -> None:
        """It is gone, with what has not arrived whole; the parser may keep it for a while."""
        self._silent.pop(connection, None)
        self.heads.note(connection, 0)
        if connection.in_head or connection.in_body:
            connection.headers.clear()

    def grows(self, connection: Connection, length: int, headers: int) -> None:
        """Its head, or its trailers, are so long and have not ended; nothing, if they have."""
        self.heads.note(connection, length + headers * HEADER_BYTES)

    def send(self, transport: Transport, answer: bytes, count: int) -> None:
        """Send an answer over one of so many connections: a short one with others of the round, unless a call goes on.

        Where all connections wait for a request, nothing takes long before the round ends.
        """
        if 1 < count == len(self._silent) and len(answer) < SHORT_ANSWER and not Turn.at_work:
            self.turns.hold(transport, answer)
        else:
            self.turns.send()
            transport.write(answer)

    def _oldest(self) -> Connection | None:
        """The one that is silent for longest."""
        if not self._in_order():
            self._to_go.extend(sorted([(each.idle_since, each) for each in self._silent], key=itemgetter(0)))
        return self._to_go[0][1] if self._to_go else None

    def _in_order(self) -> bool:
        """Whether it is known which is first, when those have been left out that were answered since or are busy."""
        while self._to_go:
            since, first = self._to_go[0]
            if first in self._silent and first.idle_since == since:
                return True
            self._to_go.popleft()
        return False

    def _tell(self) -> None:
        """Log that there is no room: once till there is a lot of it again."""
        if not self._told:
            log.warning("there are %d connections, and no room for more: %s; the oldest silent one of them is closed "
                        "for each new one", self.most, self._why)  # fmt: skip
        self._told = True


def _abort(of: Connection | Unread) -> None:
    of.transport.abort()


def file_limit() -> int | None:
    """How many files this process may open, or None if that is not limited."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft
