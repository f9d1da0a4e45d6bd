"""Requests that are not answered at once: a planned fault delays them, something is made first, or it takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Protocol

from bce_emulator.engine.errors import ServiceUnavailable
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.steps import OutOfTurn, Shared

COMMIT_SECONDS = 10
"""How long an answer waits for its commit."""


class Wait(Protocol):
    """What a request waits for; where it ``was_handled``, that is not done again."""

    was_handled: bool

    async def wait(self) -> None:
        """Wait."""

    def happen(self) -> Response:
        """What becomes of the request then."""


class Deferred(Exception):
    """A request waits, or its answer is cut short, which only ASGI can do."""

    def __init__(self, cause: Wait) -> None:
        super().__init__()
        self.cause = cause


class Preparation:
    """Work that is done in a thread, so that it holds nobody up; then the request is handled from its beginning."""

    was_handled = False

    def __init__(self, work: Callable[[], object], handle: Callable[[], Response]) -> None:
        self._work = work
        self.happen = handle

    async def wait(self) -> None:
        """Do the work, here where no thread can be started."""
        try:
            await asyncio.to_thread(self._work)
        except RuntimeError:
            self._work()


class AfterCommit:
    """An answer that leaves when what it says is committed."""

    was_handled = True

    def __init__(self, commits: Collection[asyncio.Future[None]], response: Response) -> None:
        self._commits = commits
        self._response = response

    async def wait(self) -> None:
        """Wait, but not for ever."""
        if self._commits:
            await asyncio.wait(self._commits, timeout=COMMIT_SECONDS)

    def happen(self) -> Response:
        """The answer, or the error that a commit has met."""
        for commit in self._commits:
            if not commit.done():
                raise ServiceUnavailable("the database does not answer; whether the change is made is not known")
            commit.result()
        return self._response


class AfterShared:
    """A request waits for work that others may wait for too; then it is handled, or meets the error of that work.

    Work that does not ``have_to_succeed`` for it may end in an error of which others are told.
    """

    was_handled = False

    def __init__(self, work: Shared, handle: Callable[[], Response], has_to_succeed: bool = True) -> None:
        self._work = work
        self._handle = handle
        self._has_to_succeed = has_to_succeed

    async def wait(self) -> None:
        """Wait."""
        await self._work.wait()

    def happen(self) -> Response:
        """What becomes of the request then."""
        if self._has_to_succeed:
            self._work.check()
        return self._handle()


class AfterOthers:
    """A request has had its time, and goes on after others were served."""

    was_handled = False

    def __init__(self, handle: Callable[[], Response]) -> None:
        self.happen = handle

    async def wait(self) -> None:
        """Let others be served."""
        await asyncio.sleep(0)


def after(out: OutOfTurn, handle: Callable[[], Response]) -> Wait:
    """What a request waits for that was out of turn, before it is handled again."""
    return AfterShared(out.after, handle, out.has_to_succeed) if out.after is not None else AfterOthers(handle)
