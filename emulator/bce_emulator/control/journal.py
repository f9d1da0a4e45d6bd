"""The journal: what was asked and answered, one request whole, and whether something was asked at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import HTTPException, Query, Response

from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import JournalShown, WholeEntry
from bce_emulator.control.rights import Rights
from bce_emulator.control.selection import EVERY, Served, selected_one
from bce_emulator.engine.account.clock import iso, seconds
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.observe.fault_plans import find_published
from bce_emulator.engine.observe.journal import NOBODY, Entry
from bce_emulator.engine.observe.redaction import masked_body, masked_headers, masked_query
from bce_emulator.engine.observe.references import references_resource
from bce_emulator.engine.observe.unknown_fields import unknown_fields
from bce_emulator.engine.steps import collected, in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

LIMIT = 100
MAX_COUNT = 1_000

_STATUS = re.compile(r"[1-5](\d\d|xx)")


async def read(
    emulator: Served,
    rights: Rights,
    account: str | None = None,
    operation: str | None = None,
    status: str | None = None,
    since: str | None = None,
    resource: str | None = None,
    limit: int = Query(LIMIT, ge=1, le=MAX_COUNT),
) -> Response:
    """What was asked and answered, newest last; ``?account=*`` also has the requests of nobody."""
    name = ring_name(emulator, account)
    entries = chosen(emulator, name, operation, status, since)
    if resource is not None:
        entries = await in_turn(_about(entries, resource))
    rest = {
        "matching": len(entries),
        "dropped": emulator.journal.dropped(name),
        "unemulated": emulator.journal.unemulated if rights is None or not rights.prefix else {},
    }
    end = orjson.dumps(rest)[1:]
    lines = await in_turn(collected(as_line(emulator, each) for each in entries[-limit:]))
    return Response(b'{"entries":[%b],%b' % (b",".join(lines), end), media_type="application/json")


async def read_one(emulator: Served, request_id: str) -> dict[str, Any]:
    """One request with its headers."""
    return full(emulator, find_entry(emulator, request_id))


def ring_name(emulator: Emulator, account: str | None) -> str | None:
    """The account whose requests a call is about; None for all."""
    return None if account == EVERY else selected_one(emulator, account, opens=False).name


def find_entry(emulator: Emulator, request_id: str) -> Entry:
    """The entry of a request, or the answer 404."""
    entry = emulator.journal.find(request_id)
    if entry is None:
        raise HTTPException(404, f"the journal has no request {request_id!r}; it keeps the last ones of each account")
    return entry


def chosen(
    emulator: Emulator, account: str | None, operation: str | None, status: str | None, since: str | None
) -> list[Entry]:
    """The entries of an account that pass the filters, oldest first."""
    entries: Iterable[Entry] = emulator.journal.of(account)
    try:
        for keep in (is_operation(emulator, operation), _has_status(status), _is_since(since)):
            entries = filter(keep, entries)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    return list(entries)


def is_operation(emulator: Emulator, name: str | None) -> Callable[[Entry], bool]:
    """Whether an entry is of the operation of this name; ValueError if no operation has it."""
    if name is None:
        return _any
    keys = set()
    for published in find_published(emulator.catalogue, name):
        keys |= {published.key, getattr(emulator.catalogue.emulated(published), "key", published.key)}
    return lambda entry: entry.key in keys


def _has_status(status: str | None) -> Callable[[Entry], bool]:
    if status is None:
        return _any
    if not _STATUS.fullmatch(status):
        raise ValueError(f"status is one such as 409, or a class such as 4xx, not {status!r}")
    return lambda entry: str(entry.status) == status or (status[1:] == "xx" and entry.status // 100 == int(status[0]))


def _is_since(since: str | None) -> Callable[[Entry], bool]:
    if since is None:
        return _any
    if since.isascii() and since.isdecimal():
        number = int(since[:18])
        return lambda entry: entry.number > number
    try:
        moment = seconds(since)
    except ValueError:
        raise ValueError("since is the number of an entry, or a time such as 2026-01-01T00:00:00Z") from None
    return lambda entry: entry.moment >= moment


def _any(_entry: Entry) -> bool:
    return True


def rendered(emulator: Emulator, entry: Entry) -> dict[str, Any]:
    """An entry as the control API writes it, without its headers and without its secrets."""
    request = entry.request
    response = masked_body(entry.response)
    result: dict[str, Any] = {
        "number": entry.number,
        "requestId": entry.request_id,
        "time": iso(entry.moment),
        "account": entry.account if entry.account != NOBODY else None,
        "region": entry.region,
        "operation": entry.operation,
        "product": entry.product,
        "request": {
            "method": request.method,
            "path": request.raw_path.decode("latin-1"),
            "query": masked_query(request.query_string),
            "body": masked_body(request.body),
        },
        "status": entry.status,
        "code": response.get("code", "") if isinstance(response, dict) and entry.status >= 400 else "",
        "answer": response,
    }
    if entry.fault is not None:
        result["fault"] = {"id": entry.fault.id, "effect": entry.fault.effect}
    if entry.explanation:
        result["explanation"] = entry.explanation
    operation = operation_of(emulator, entry)
    if operation is not None:
        result["unread"] = unknown_fields(operation, request)
    return result


def _about(entries: list[Entry], resource_id: str) -> Generator[None, None, list[Entry]]:
    """The entries whose request or answer names a resource."""
    about, text = [], resource_id.encode()
    for entry in entries:
        if text in entry.response or references_resource(entry.request, resource_id):
            about.append(entry)
        yield
    return about


def full(emulator: Emulator, entry: Entry) -> dict[str, Any]:
    """An entry with everything that the journal has of it."""
    result = rendered(emulator, entry)
    result["request"]["headers"] = masked_headers(entry.request.raw_headers)
    return result | {"listedError": not entry.unlisted}


def operation_of(emulator: Emulator, entry: Entry) -> Operation | None:
    """The declaration of the operation that an entry is of, if it is emulated."""
    return emulator.catalogue.operations.get(entry.key)


def as_line(emulator: Emulator, entry: Entry) -> bytes:
    """An entry as one line of JSON."""
    return json.dumps(rendered(emulator, entry), ensure_ascii=False).encode()


CALLS: Calls = (
    ControlCall("GET", "journal", read, JournalShown),
    ControlCall("GET", "requests/{request_id}", read_one, WholeEntry),
)
