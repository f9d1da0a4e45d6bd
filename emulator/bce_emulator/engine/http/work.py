"""A call whose function goes in steps, between which others are served; other calls of its account wait meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.http.waiting import AfterCommit
from bce_emulator.engine.steps import Steps

PUT_BACK = "the account was put back to what the database has; nothing was changed"


class AfterWork:
    """The answer to a call when its steps are done, which is not handled again then.

    At their end ``write_out`` does in steps what makes ``keep`` little work, and that is called before anybody sees
    what was changed; it answers what to wait for. Where somebody in the middle of another call has the steps done at
    once, who keeps what that call has changed keeps this too, with it or not at all.
    """

    was_handled = True

    def __init__(
        self,
        account: Account,
        steps: Steps[bytes],
        write_out: Callable[[str], Steps[None]] | None,
        keep: Callable[[], Collection[asyncio.Future[None]]],
    ) -> None:
        self._account = account
        self._write_out = write_out
        self._keep = keep
        self._body: bytes | None = None
        self._answer: AfterCommit | None = None
        self._error: Exception = InternalError(PUT_BACK)
        self._work = account.registry.begin_work(account.name, self._done(steps))

    async def wait(self) -> bool:
        """Wait; False if the emulator stops meanwhile."""
        try:
            await self._work.wait()
        except asyncio.CancelledError:
            return False
        if self._body is not None and self._answer is None and not self._account.was_put_back:
            self._answer_with(self._body)
        return self._answer is None or await self._answer.wait()

    def happen(self) -> Response:
        """The answer, or the error that the call has met."""
        if self._answer is None:
            raise self._error
        return self._answer.happen()

    def _done(self, steps: Steps[bytes]) -> Steps[None]:
        """The steps, whatever they end in, and that nobody has to wait any more."""
        registry, name = self._account.registry, self._account.name
        try:
            self._body = yield from steps
            if self._write_out is not None and not self._work.is_hurried:
                yield from self._write_out(name)
        except Exception as error:  # noqa: BLE001 (it is raised again where the call is answered)
            self._error = error
        finally:
            registry.end_work(name)
        if self._body is not None and not self._work.is_hurried:
            self._answer_with(self._body)

    def _answer_with(self, body: bytes) -> None:
        """Have what was changed kept, and answer this then."""
        self._account.registry.note_use(self._account.name)
        try:
            self._answer = AfterCommit(self._keep(), Response(200, body))
        except Exception as error:  # noqa: BLE001 (the same)
            self._error = error
