"""The whole of an account: read it, put it back, copy it to another, compare two of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Replaced, State, StateDiff
from bce_emulator.control.selection import Served, selected_one
from bce_emulator.control.turn import in_turn
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.persist.export_text import export_text
from bce_emulator.engine.persist.state_diff import state_diff
from bce_emulator.engine.persist.state_schema import DocumentError, read_document
from bce_emulator.engine.persist.state_snapshot import build, dump, export, fork
from bce_emulator.services.shared.regions import regions

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator


class Fork(Body):
    """From which account to which."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")


class Comparison(Body):
    """Two documents; without the second, the account as it is."""

    before: dict[str, Any]
    after: dict[str, Any] | None = None


async def read(emulator: Served, account: str | None = None) -> Response:
    """Everything the account has."""
    parts = await _text_of(emulator, account)
    length = {"content-length": str(sum(map(len, parts)))}
    return StreamingResponse(_each(parts), headers=length, media_type="application/json")


async def put(emulator: Served, request: Request, account: str | None = None) -> dict[str, Any]:
    """Make the account what the document says; its keys, its planned faults and its journal stay."""
    name = selected_one(emulator, account).name
    try:
        selected_account = build(emulator.accounts, name, read_document(await request.body(), regions()))
    except DocumentError as error:
        raise HTTPException(400, str(error)) from None
    try:
        dump(export(selected_account))
    except TypeError as error:
        raise HTTPException(400, f"the document has a number that cannot be written back: {error}") from None
    return _replace(emulator, selected_account)


async def copy(emulator: Served, body: Fork) -> dict[str, Any]:
    """Make one account what another is."""
    source, target = selected_one(emulator, body.source), selected_one(emulator, body.target)
    if source is target:
        raise HTTPException(400, "'from' and 'to' are the same account")
    source.clock.run_due()
    replaced = _replace(emulator, fork(source, emulator.accounts, target.name))
    if emulator.store is not None:
        try:
            emulator.store.save_all({target.name: source.name})
        except ValueError as error:
            raise HTTPException(500, str(error)) from None
    return replaced


async def compare(emulator: Served, body: Comparison, account: str | None = None) -> dict[str, Any]:
    """What is different between two documents."""
    for name, document in (("before", body.before), ("after", body.after)):
        if document is not None:
            _check(name, document)
    after = body.after
    if after is None:
        after = json.loads(b"".join(await _text_of(emulator, account)))
    return state_diff(body.before, after)


async def _text_of(emulator: Emulator, name: str | None) -> list[bytes]:
    def select() -> Account:
        account = selected_one(emulator, name, opens=False)
        account.clock.run_due()
        return account

    return await in_turn(export_text(select))


async def _each(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
        await asyncio.sleep(0)


def _check(name: str, document: dict[str, Any]) -> None:
    try:
        read_document(json.dumps(document), regions())
    except DocumentError as error:
        raise HTTPException(400, f"{name}: {error}") from None


def _replace(emulator: Emulator, account: Account) -> dict[str, Any]:
    emulator.accounts.replace(account)
    count = sum(len(collection) for region in account.opened_regions() for collection in region.collections.values())
    return {"account": account.name, "resources": count}


CALLS: Calls = (
    ControlCall("GET", "state", read, State),
    ControlCall("PUT", "state", put, Replaced, State),
    ControlCall("POST", "state/fork", copy, Replaced),
    ControlCall("POST", "state/diff", compare, StateDiff),
)
