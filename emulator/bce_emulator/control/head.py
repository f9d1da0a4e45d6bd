"""HEAD is answered as GET is, without the body."""

from __future__ import annotations

from bce_emulator.engine.http.request import Message, Scope, Send


def as_get(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """The request as a GET, and a ``send`` that ends the response behind its headers, even that of a stream."""

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b""})

    return {**scope, "method": "GET"}, send_head
