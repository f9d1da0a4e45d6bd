"""What a control call has changed is kept before its answer leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse

from bce_emulator.control.bodies import may_change
from bce_emulator.control.probes import PROBES, UNAVAILABLE
from bce_emulator.engine.errors import ApiError, ServiceUnavailable
from bce_emulator.engine.http.request import Message, Receive, Scope, Send

if TYPE_CHECKING:
    from bce_emulator.cloud import Store

DEPOSED = "this replica has stopped leading during the call; whether all of it was done is not known"


OF_EACH_REPLICA = PROBES | {b"/_emulator/metrics"}
"""What is asked of a replica itself, whether or not it leads."""


def persist_before_send(store: Store, scope: Scope, receive: Receive, send: Send) -> Send:
    """A ``send`` that saves first; what cannot be saved is answered instead."""
    if not _concerns(store, scope):
        return send
    failed, epoch = False, store.epoch

    async def saved(message: Message) -> None:
        nonlocal failed
        if message["type"] == "http.response.start":
            try:
                await _committed(store.keep_all() if may_change(scope) else store.uncommitted())
                if store.epoch != epoch:
                    raise ServiceUnavailable(DEPOSED)
            except (ValueError, ApiError) as error:
                failed = True
                await _refusal(error)(scope, receive, send)
        if not failed:
            await send(message)

    return saved


async def keep_all(store: Store, copies: dict[str, str]) -> None:
    """Come back when whatever has changed is kept; ``copies`` names new accounts, each with what it is a copy of."""
    await _committed(store.keep_all(copies))


async def _committed(commits: Collection[asyncio.Future[None]]) -> None:
    if commits:
        await asyncio.wait(commits)
        for commit in commits:
            commit.result()


def refusal_of_store(store: Store, scope: Scope) -> JSONResponse | None:
    """What a call is answered as long as nothing can be kept, or another replica leads; None if it can."""
    if not _concerns(store, scope):
        return None
    try:
        store.try_again()
    except (ValueError, ServiceUnavailable) as error:
        return _refusal(error)
    return None


def _concerns(store: Store, scope: Scope) -> bool:
    """Whether a call needs the store: it may change something, or has to be read where the truth is."""
    return may_change(scope) or (store.leads_alone and scope["raw_path"] not in OF_EACH_REPLICA)


def _refusal(error: Exception) -> JSONResponse:
    if isinstance(error, ServiceUnavailable):
        headers = {name.decode(): value.decode() for name, value in error.headers}
        return JSONResponse({"error": str(error)}, UNAVAILABLE, headers)
    return JSONResponse({"error": str(error)}, 500)
