"""The whole of an account: read it, put it back, copy it to another, compare two of it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from bce_emulator.control.bodies import Body, InParts, whole_body, written
from bce_emulator.control.persist_before_send import write_ahead
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Replaced, State, StateDiff
from bce_emulator.control.selection import Served, awake, caught_up, selected_one
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.persist.document import SHAPE, parts_of, read_document
from bce_emulator.engine.persist.export_text import export_text
from bce_emulator.engine.persist.fork import fork
from bce_emulator.engine.persist.json_split import Parts, Text
from bce_emulator.engine.persist.state_diff import Contents, contents_of_account, contents_of_document, state_diff
from bce_emulator.engine.persist.state_schema import DocumentError
from bce_emulator.engine.persist.state_snapshot import build
from bce_emulator.engine.steps import in_turn
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
    selected = await caught_up(emulator, selected_one(emulator, account, opens=False))
    return InParts(await in_turn(export_text(selected)))


async def put(emulator: Served, request: Request, account: str | None = None) -> dict[str, Any]:
    """Make the account what the document says; its keys, its planned faults and its journal stay."""
    name = selected_one(emulator, account).name
    try:
        document = await in_turn(read_document(await whole_body(request), regions()))
    except DocumentError as error:
        raise HTTPException(400, str(error)) from None
    await asyncio.sleep(0)  # to let go of the text took a while
    built = await in_turn(build(emulator.accounts, name, document))
    await write_ahead(emulator.store, built)
    await awake(emulator, account)
    selected_one(emulator, account)
    emulator.accounts.replace(built)
    return await _replaced(emulator, built)


async def copy(emulator: Served, body: Fork) -> dict[str, Any]:
    """Make one account what another is."""
    for name in (body.source, body.target):
        await awake(emulator, name)
    source, target = selected_one(emulator, body.source), selected_one(emulator, body.target)
    if source is target:
        raise HTTPException(400, "'from' and 'to' are the same account")
    source = await caught_up(emulator, source)
    built = await in_turn(fork(source, emulator.accounts, target.name))
    await write_ahead(emulator.store, built)
    await awake(emulator, body.target)
    selected_one(emulator, body.target)
    emulator.accounts.replace(built)
    return await _replaced(emulator, built)


async def compare(emulator: Served, request: Request, account: str | None = None) -> Response:
    """What is different between two documents."""
    parts = await _compared(await whole_body(request))
    before = await _contents(parts.pop("before"), "before")
    if "after" in parts:
        after = await _contents(parts.pop("after"), "after")
    else:
        selected = await caught_up(emulator, selected_one(emulator, account, opens=False))
        after = await in_turn(contents_of_account(selected))
    return written(await in_turn(state_diff(before, after)))


async def _compared(text: Text) -> dict[str, Parts]:
    """The documents of a comparison, taken apart."""
    try:
        whole = await in_turn(parts_of(text, dict.fromkeys(Comparison.model_fields, SHAPE)))
        comparison = Comparison.model_validate_json(whole.rest)
    except DocumentError as error:
        raise HTTPException(400, str(error)) from None
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from None
    return {
        name: Parts(
            text, json.dumps(document).encode(), {path[1:]: at for path, at in whole.lists.items() if path[0] == name}
        )
        for name, document in comparison
        if document is not None
    }


async def _contents(parts: Parts, name: str) -> Contents:
    try:
        contents = await in_turn(contents_of_document(parts, regions()))
    except DocumentError as error:
        raise HTTPException(400, f"{name}: {error}") from None
    del parts
    await asyncio.sleep(0)  # to let go of the text took a while
    return contents


async def _replaced(emulator: Emulator, account: Account) -> dict[str, Any]:
    count = sum(len(collection) for region in account.opened_regions() for collection in region.collections.values())
    await in_turn(emulator.accounts.free())  # others may replace or change the account meanwhile
    return {"account": account.name, "resources": count}


CALLS: Calls = (
    ControlCall("GET", "state", read, State),
    ControlCall("PUT", "state", put, Replaced, State),
    ControlCall("POST", "state/fork", copy, Replaced),
    ControlCall("POST", "state/diff", compare, StateDiff, Comparison),
)
