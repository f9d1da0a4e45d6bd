"""The journal as it is written: server-sent events, a bounded queue for each who watches."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException
from fastapi.responses import Response

from bce_emulator.control.journal import as_line, ring_name
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.selection import Served
from bce_emulator.engine.http.request import ENDLESS, Receive, Scope, Send
from bce_emulator.engine.observe.journal import Entry, NewEntry
from bce_emulator.engine.steps import Turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

MAX_WATCHERS = 100
MAX_WAITING = 1_000
MAX_WAITING_BYTES = 2 * 1024 * 1024
"""How many entries, and of how many bytes, wait for a watcher who does not read; one of any size always does."""
HEARTBEAT_SECONDS = 15


class Watcher:
    """The entries that one watcher has not been sent yet; the oldest go when there are too many."""

    def __init__(self, account: str | None) -> None:
        self.waiting: deque[NewEntry] = deque()
        self.dropped = 0
        self.changed = False
        self.something = asyncio.Event()
        self._account = account
        self._bytes = 0

    def __call__(self, new: NewEntry | None) -> None:
        """Take note of a new entry, or of a change that is none."""
        if new is None:
            self.changed = True
            self.something.set()
            return
        if self._account is not None and new.entry.account != self._account:
            return
        self.waiting.append(new)
        self._bytes += _size(new)
        while len(self.waiting) > MAX_WAITING or (self._bytes > MAX_WAITING_BYTES and len(self.waiting) > 1):
            self._bytes -= _size(self.waiting.popleft())
            self.dropped += 1
        self.something.set()

    def take(self) -> tuple[list[NewEntry], int, bool]:
        """What is waiting, how many were dropped before it, and whether something else has changed."""
        batch = list(self.waiting), self.dropped, self.changed
        self.waiting.clear()
        self.dropped = self._bytes = 0
        self.changed = False
        self.something.clear()
        return batch


class Stream(Response):
    """An answer that lasts until the watcher goes away."""

    media_type = "text/event-stream"

    def __init__(self, emulator: Emulator, account: str | None) -> None:
        super().__init__(headers={"cache-control": "no-store"})
        del self.headers["content-length"]
        self._emulator = emulator
        self._account = account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what happens, and forget the watcher when it has gone."""
        scope.setdefault("state", {})[ENDLESS] = True
        watcher = Watcher(self._account)
        self._emulator.journal.watch(watcher)
        gone = asyncio.ensure_future(_until_gone(receive))
        gone.add_done_callback(lambda _: watcher.something.set())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await _write(send, b": watching\n\n")
            while not gone.done():
                await self._send_next(watcher, send)
        finally:
            gone.cancel()
            self._emulator.journal.unwatch(watcher)

    async def _send_next(self, watcher: Watcher, send: Send) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await watcher.something.wait()
        entries, dropped, changed = watcher.take()
        turn = Turn()
        if dropped:
            await _write(send, b'event: dropped\ndata: {"dropped": %d}\n\n' % dropped)
        for new in entries:
            new.line = new.line or self._line(new.entry)
            await _write(send, new.line)
            await turn.pause()
        if changed:
            await _write(send, b"event: changed\ndata: {}\n\n")
        elif not entries:
            await _write(send, b": still here\n\n")

    def _line(self, entry: Entry) -> bytes:
        return b"id: %d\nevent: entry\ndata: %b\n\n" % (entry.number, as_line(self._emulator, entry))


async def watch(emulator: Served, account: str | None = None) -> Any:
    """Every new entry of the journal as an event, and ``changed`` when a control call may have changed something."""
    name = ring_name(emulator, account)
    if emulator.journal.watched_by >= MAX_WATCHERS:
        raise HTTPException(400, f"{MAX_WATCHERS} watch the journal already")
    return Stream(emulator, name)


def _size(new: NewEntry) -> int:
    return len(new.entry.wire) + len(new.entry.response)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


CALLS: Calls = (ControlCall("GET", "journal/stream", watch, Stream),)
