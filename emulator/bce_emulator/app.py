"""The ASGI application: dispatcher, control API and, for a browser, the page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from bce_emulator.cloud import Emulator
from bce_emulator.control.probes import answer_probe, is_plain_probe
from bce_emulator.engine.http.connections import Connections
from bce_emulator.engine.http.request import Receive, Request, Scope, Send
from bce_emulator.engine.observe.faults import TRANSPORT, hang_up
from bce_emulator.settings import Settings

if TYPE_CHECKING:
    from bce_emulator.control.application import ControlApi

CONTROL_BYTES = b"/_emulator"
ROOT = b"/"
INDEX, FILES = frozenset({b"/_emulator", b"/_emulator/"}), b"/_emulator/page/"
"""Where the page is, and its files."""


class Application:
    """What a server calls. When more than a probe is asked, a thread imports FastAPI and builds the control API."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.connections = Connections(emulator.settings.max_connections)
        self._dispatch = emulator.dispatcher
        self.respond_again = self._dispatch.respond_again
        self._building = Lock()

    @cached_property
    def control(self) -> ControlApi:
        """The control API."""
        from bce_emulator.control.application import ControlApi

        return ControlApi(self.emulator)

    def prepare_control(self) -> None:
        """Build the control API now: a test may stop the time, under which FastAPI cannot be imported."""
        with self._building:
            _ = self.control

    def respond_at_once(
        self, request: Request, scope: Scope, server_headers: list[tuple[bytes, bytes]]
    ) -> bytes | None:
        """What the dispatcher answers without waiting, empty if it has to, or None."""
        path = request.raw_path
        if path == ROOT or path.startswith(CONTROL_BYTES):
            return None
        return self._dispatch.respond_at_once(request, scope, server_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the dispatcher, unless it is for the control API or a browser's for the page."""
        if scope["type"] != "http":
            return
        try:
            await self._respond(scope["raw_path"], scope, receive, send)
        except asyncio.CancelledError:
            if TRANSPORT not in scope.get("state", {}):
                raise
            await hang_up(scope, receive)  # our server stops

    async def _respond(self, path: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        if path.startswith(CONTROL_BYTES):
            await self._control(path, scope, receive, send)
        elif path != ROOT or not await self._led_to_page(scope, send):
            await self._dispatch(scope, receive, send)

    async def _control(self, path: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        if is_plain_probe(scope):
            await answer_probe(self.emulator, path, send)
        elif path in INDEX or path.startswith(FILES):
            from bce_emulator.dashboard.pages import serve_page

            await serve_page(scope, receive, send, self.emulator.settings)
        else:
            if "control" not in vars(self):
                with suppress(RuntimeError):  # where no thread can be started, it is built right here
                    await asyncio.to_thread(self.prepare_control)
            await self.control(scope, receive, send)

    async def _led_to_page(self, scope: Scope, send: Send) -> bool:
        from bce_emulator.dashboard.entrance import leads_to_page, redirect

        if leads_to_page(scope, self.emulator.settings):
            await redirect(send)
            return True
        return False


def build(settings: Settings) -> Application:
    """The application with these settings. One that may have to take over at any moment has its control API ready."""
    application = Application(Emulator(settings))
    if application.emulator.store is not None and application.emulator.store.leads_alone:
        application.prepare_control()
    return application
