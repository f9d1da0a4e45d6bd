"""What a client is pointed at in place of the emulator: it knows its keys, and finds operations as it does."""

from __future__ import annotations

import json

from bce_emulator.cloud import Emulator
from bce_emulator.control.guard import is_expected
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.ids import request_id
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.connections import Connections
from bce_emulator.engine.http.request import Disconnected, Head, Receive, Request, Response, Scope, Send
from bce_emulator.engine.http.signature import check_body
from bce_emulator.fidelity.gate import NotAllowed
from bce_emulator.fidelity.upstream import Answer


class Proxy:
    """An ASGI application; what it answers to a request whose caller is known is said by ``answer``."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.connections = Connections(emulator.settings.max_connections)
        self._number = 0

    def close(self) -> None:
        """Let go of what is open."""

    async def answer(self, request: Request, account: AccountRegion, credentials: Credentials) -> Answer:
        """What a request is answered with, or the refusal."""
        raise NotImplementedError

    def respond_at_once(self, *_request: object) -> bytes | None:
        """Nothing, for the protocol: every answer is waited for."""
        return None

    respond_again = respond_at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read a request, identify its caller, and answer it."""
        if scope["type"] != "http":
            return
        self._number += 1
        own_id = request_id(self._number)
        try:
            request = Request(Head(scope))
            if request.has_body:
                await request.read(receive, self.emulator.settings.max_body_bytes)
            if b"origin" in request.headers or not is_expected(request.host.encode(), self.emulator.settings):
                raise NotAllowed(operation="a call", reason="it may come from a web page")
            request.decode()
            account, credentials = self.emulator.identity.identify(request)
            check_body(request)
            answer = await self.answer(request, account, credentials)
        except Disconnected:
            return
        except ApiError as error:
            body = {"requestId": own_id, "code": error.code, "message": error.text}
            await Response(error.status, json.dumps(body).encode(), error.explanation).send(send, own_id)
            return
        headers = {"content-type": answer.content_type, "x-bce-request-id": answer.request_id or own_id}
        listed = [
            (name.encode(), value.encode("latin-1", "replace"))
            for name, value in headers.items()
            if value.isprintable()
        ]
        length = (b"content-length", b"%d" % len(answer.body))
        await send({"type": "http.response.start", "status": answer.status, "headers": [*listed, length]})
        await send({"type": "http.response.body", "body": answer.body})
