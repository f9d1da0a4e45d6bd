"""A call whose function goes in steps, between which others are served; other calls of its account wait meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.http.waiting import AfterCommit
from bce_emulator.engine.steps import Steps, StepsAside


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
        write_out: Callable[[str], StepsAside[None]] | None,
        keep: Callable[[], Collection[asyncio.Future[None]]],
    ) -> None:
        self._account = account
        self._write_out = write_out
        self._keep = keep
        self._body = b""
        self._kept: AfterCommit | None = None
        self._error: Exception | None = None
        self._work = account.registry.begin_work([account.name], self._done(steps))

    async def wait(self) -> None:
        """Wait."""
        await self._work.wait()
        if self._kept is None and self._account.put_back is None:
            self._have_kept()
        if self._kept is not None:
            await self._kept.wait()

    def happen(self) -> Response:
        """The answer, or the error that the call has met."""
        response = self._kept.happen() if self._kept is not None else None
        error = self._error or (self._account.put_back if response is None else None)
        self._error = None
        if error is not None:
            try:
                raise error
            finally:
                del error  # which leads to this frame
        assert response is not None
        return response

    def _done(self, steps: Steps[bytes]) -> StepsAside[None]:
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
        if not self._work.is_hurried:
            self._have_kept()

    def _have_kept(self) -> None:
        """Have what was changed kept, and the answer wait for that; a refusal too, which may tell of what was seen."""
        self._account.registry.note_use(self._account.name)
        try:
            self._kept = AfterCommit(self._keep(), Response(200, self._body))
        except Exception as error:  # noqa: BLE001 (the same)
            self._error = error
