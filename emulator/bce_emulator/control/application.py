"""The control API as an ASGI application: who may call it, how it reads, and that what it changes is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bce_emulator import __version__
from bce_emulator.control.bodies import (
    DOCUMENTS,
    LONG_ANSWERS,
    arrived,
    as_json,
    is_long,
    made_one_by_one,
    may_change,
    text_of,
)
from bce_emulator.control.description import TAGS, completed
from bce_emulator.control.guard import refusal_of
from bce_emulator.control.head import as_get
from bce_emulator.control.persist_before_send import persist_before_send, refusal_of_store, until_free
from bce_emulator.control.rights import refusal_of_right
from bce_emulator.control.routes import add_control
from bce_emulator.engine.http.request import Disconnected, Message, Receive, Scope, Send
from bce_emulator.engine.persist.state_schema import Document, adapter
from bce_emulator.engine.steps import in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

CONTROL = "/_emulator/"


class ControlCalls(FastAPI):
    """Every control call; a request's scope says of which emulator it asks."""

    def __init__(self) -> None:
        super().__init__(
            title="bce-emulator control API", version=__version__, docs_url=None, redoc_url=None,
            redirect_slashes=False, openapi_url=f"{CONTROL}openapi.json", openapi_tags=TAGS,
        )  # fmt: skip
        add_control(self, CONTROL)
        self._text = b""

    def setup(self) -> None:
        """Have the document made in a thread, as that takes half a second."""

        async def shown(_request: Request) -> Response:
            return Response(await asyncio.to_thread(self._document), media_type="application/json")

        assert self.openapi_url is not None
        self.add_route(self.openapi_url, shown, include_in_schema=False)

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, with what FastAPI does not know of these calls; it belongs to who asks for it."""
        document = completed(super().openapi())
        self.openapi_schema = None
        return document

    def _document(self) -> bytes:
        if not self._text:
            self._text = text_of(self.openapi())
        return self._text


@asynccontextmanager
async def until_answered(lock: asyncio.Lock, send: Send) -> AsyncIterator[Send]:
    """Hold a lock until an answer begins, and not for as long as its client takes to read it."""
    async with AsyncExitStack() as held:
        await held.enter_async_context(lock)

        async def send_then(message: Message) -> None:
            await held.aclose()
            await send(message)

        yield send_then


control_calls = cache(ControlCalls)
"""The calls, which take FastAPI a tenth of a second to build, once for the process."""


class ControlApi:
    """The control API of one emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self._calls = control_calls()
        adapter(Document)  # the form of all documents, which takes 10 ms to make as well
        self._long = asyncio.Lock()
        self._answers = {calls: asyncio.Lock() for calls in (LONG_ANSWERS, DOCUMENTS)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a control call, unless it is refused; one long document at a time is read."""
        if scope["method"] == "HEAD":
            scope, send = as_get(scope, send)
        refusal = refusal_of(scope, self.emulator.settings) or refusal_of_right(scope, self.emulator)
        scope = as_json(scope)
        async with self._long if refusal is None and is_long(scope) else nullcontext():
            try:
                await self._respond(refusal, scope, receive, send)
            except Disconnected:
                return

    async def _respond(self, refusal: JSONResponse | None, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer when the body is there; what the call has changed is saved before the answer leaves."""
        if refusal is None:
            whole = await arrived(scope, receive, self.emulator.settings.max_state_bytes)
            if isinstance(whole, JSONResponse):
                refusal = whole
            else:
                receive = whole
        if self.emulator.store is not None and refusal is None and may_change(scope):
            await until_free(self.emulator.store)
        await in_turn(self.emulator.accounts.forget_all_idle())
        if self.emulator.store is not None:
            refusal = refusal or refusal_of_store(self.emulator.store, scope)
            send = persist_before_send(self.emulator.store, scope, receive, send)
        scope["emulator"] = self.emulator
        together = made_one_by_one(scope) if refusal is None else None
        if together is not None:
            async with until_answered(self._answers[together], send) as send_then:
                await self._calls(scope, receive, send_then)
        else:
            await (refusal or self._calls)(scope, receive, send)
        if self.emulator.store is not None:
            await in_turn(self.emulator.store.sweep())
        if refusal is None and may_change(scope):
            self.emulator.journal.tell_change()
