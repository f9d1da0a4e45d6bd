"""The ASGI application: requests to the emulated API go to the dispatcher, those to the control API to FastAPI."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bce_emulator.cloud import Emulator
from bce_emulator.control.probes import answer_probe, is_plain_probe
from bce_emulator.engine.http.connections import Connections
from bce_emulator.engine.http.request import Receive, Scope, Send
from bce_emulator.settings import Settings

if TYPE_CHECKING:
    from bce_emulator.control.application import ControlApi

CONTROL_BYTES = b"/_emulator"


class Application:
    """What a server calls. The control API is built, and FastAPI imported, when more than a probe is asked."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.connections = Connections(emulator.settings.max_connections)
        self._dispatch = emulator.dispatcher

    @cached_property
    def control(self) -> ControlApi:
        """The control API."""
        from bce_emulator.control.application import ControlApi

        return ControlApi(self.emulator)

    def prepare_control(self) -> None:
        """Build the control API now: a test may stop the time, under which FastAPI cannot be imported."""
        _ = self.control

    def respond_at_once(self, scope: Scope, wire: bytes, server_headers: list[tuple[bytes, bytes]]) -> bytes | None:
        """What the dispatcher answers without waiting, or None."""
        if scope["raw_path"].startswith(CONTROL_BYTES):
            return None
        return self._dispatch.respond_at_once(scope, wire, server_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the dispatcher, unless it is for the control API."""
        if scope["type"] != "http":
            return
        if scope["raw_path"].startswith(CONTROL_BYTES):
            if is_plain_probe(scope):
                await answer_probe(self.emulator, scope["raw_path"], send)
            else:
                await self.control(scope, receive, send)
        else:
            await self._dispatch(scope, receive, send)


def build(settings: Settings) -> Application:
    """The application with these settings."""
    return Application(Emulator(settings))
