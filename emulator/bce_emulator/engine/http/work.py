"""A call whose function goes in steps, between which others are served; other calls of its account wait meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from bce_emulator.engine.account.accounts import Accounts
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.http.waiting import AfterCommit
from bce_emulator.engine.steps import Steps

PUT_BACK = "the account was put back to what the database has; nothing was changed"


class AfterWork:
    """The answer to a call when its steps are done, which is not handled again then.

    ``keep`` is called at the end, when nobody has seen yet what was changed, and answers what to wait for.
    """

    was_handled = True

    def __init__(
        self,
        accounts: Accounts,
        name: str,
        steps: Steps[bytes],
        keep: Callable[[], Collection[asyncio.Future[None]]],
    ) -> None:
        self._accounts = accounts
        self._name = name
        self._keep = keep
        self._answer: AfterCommit | None = None
        self._error: Exception = InternalError(PUT_BACK)
        self._work = accounts.begin_work(name, self._done(steps))

    async def wait(self) -> bool:
        """Wait; False if the emulator stops meanwhile."""
        try:
            await self._work.wait()
        except asyncio.CancelledError:
            return False
        return self._answer is None or await self._answer.wait()

    def happen(self) -> Response:
        """The answer, or the error that the call has met."""
        if self._answer is None:
            raise self._error
        return self._answer.happen()

    def _done(self, steps: Steps[bytes]) -> Steps[None]:
        """The steps, whatever they end in, and that nobody has to wait any more."""
        try:
            body = yield from steps
            self._accounts.end_work(self._name)
            self._answer = AfterCommit(self._keep(), Response(200, body))
        except Exception as error:  # noqa: BLE001 (it is raised again where the call is answered)
            self._error = error
        finally:
            self._accounts.end_work(self._name)
