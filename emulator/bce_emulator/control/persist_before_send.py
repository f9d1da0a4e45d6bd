"""What a control call has changed is on disk before its answer leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse

from bce_emulator.engine.http.request import Message, Receive, Scope, Send

if TYPE_CHECKING:
    from bce_emulator.engine.persist.store import Store


def persist_before_send(store: Store, scope: Scope, receive: Receive, send: Send) -> Send:
    """A ``send`` that saves first; what cannot be saved is answered instead."""
    failed = False

    async def saved(message: Message) -> None:
        nonlocal failed
        if message["type"] == "http.response.start":
            try:
                store.save_all()
            except ValueError as error:
                failed = True
                await JSONResponse({"error": str(error)}, 500)(scope, receive, send)
        if not failed:
            await send(message)

    return saved


def refusal_of_store(store: Store) -> JSONResponse | None:
    """What a call that may change something is answered as long as nothing can be written; None if it can."""
    try:
        store.try_again()
    except ValueError as error:
        return JSONResponse({"error": str(error)}, 500)
    return None
