"""Was something asked, and how often? If not, what came nearest, and how it differs."""

from __future__ import annotations

from collections.abc import Callable
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from fastapi import HTTPException
from pydantic import Field

from bce_emulator.control.bodies import Body
from bce_emulator.control.explanation import is_unproved
from bce_emulator.control.journal import chosen, is_operation, ring_name
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Verified
from bce_emulator.control.selection import Served
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.journal import Entry
from bce_emulator.engine.observe.json_match import DEEPEST, Mismatch, depth, mismatches
from bce_emulator.engine.observe.references import references_resource
from bce_emulator.engine.steps import StepsAside, in_turn, others_first

NEAREST = 3
OTHER_OPERATION = 100
"""How many other differences the wrong operation outweighs."""


Other = tuple[int, int, Entry, list[Mismatch]]
"""An entry that does not fit: how far it is off, its number below zero, itself, and what is different."""


class Expectation(Body):
    """What should have been asked: an operation, and what its request has at least."""

    operation: str
    body: dict[str, Any] | None = None
    query: dict[str, str] | None = None
    resource: str | None = None
    status: int | None = None
    since: str | None = None
    count: int | None = Field(default=None, ge=0)


async def verify(emulator: Served, body: Expectation, account: str | None = None) -> dict[str, Any]:
    """Whether so many requests fit, or at least one if no count is given."""
    if depth(body.body) > DEEPEST:
        raise HTTPException(400, f"body: nested deeper than {DEEPEST} levels")
    entries = chosen(emulator, ring_name(emulator, account), None, None, body.since)
    try:
        is_same = is_operation(emulator, body.operation)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    fitting, others = await in_turn(_compared(entries, body, is_same))
    if len(fitting) == body.count or (body.count is None and fitting):
        return {"ok": True, "count": len(fitting)}
    return {
        "ok": False,
        "count": len(fitting),
        "expected": body.count if body.count is not None else "at least 1",
        "matching": [entry.request_id for entry in fitting[-NEAREST:]],
        "nearest": nearest(others),
    }


def nearest(others: list[Other]) -> list[dict[str, Any]]:
    """The entries that come nearest without fitting, the nearest first, of equals the newest first."""
    return [
        {"requestId": entry.request_id, "number": entry.number, "operation": entry.operation, "differences": different}
        for _, _, entry, different in nsmallest(NEAREST, others, key=itemgetter(0, 1))
    ]


def _compared(
    entries: list[Entry], expected: Expectation, is_same: Callable[[Entry], bool]
) -> StepsAside[tuple[list[Entry], list[Other]]]:
    """The entries that fit, and the others."""
    yield others_first  # to find the entries took time
    fitting, others = [], []
    for entry in entries:
        if entry.operation:
            different = compare(entry, expected, same=is_same(entry))
            if different:
                others.append((_weight(different), -entry.number, entry, different))
            else:
                fitting.append(entry)
            yield None
    yield others_first
    return fitting, others


def compare(entry: Entry, expected: Expectation, *, same: bool) -> list[Mismatch]:
    """What keeps an entry from being what was expected."""
    request = entry.request
    found: list[Mismatch] = []
    if not same:
        found.append({"member": "operation", "expected": expected.operation, "seen": entry.operation})
    if expected.status is None and is_unproved(entry):
        found.append({"member": "signature", "expected": "accepted", "seen": entry.explanation})
    if expected.status is not None and expected.status != entry.status:
        found.append({"member": "status", "expected": expected.status, "seen": entry.status})
    if expected.resource is not None and not references_resource(request, expected.resource):
        found.append({"member": "resource", "expected": expected.resource, "seen": request.path})
    if expected.query is not None:
        found += [_inside("query", row) for row in mismatches(expected.query, dict(request.query))]
    if expected.body is not None:
        try:
            body = request.json()
        except ApiError:
            return [*found, {"member": "body", "expected": "a JSON object", "seen": "no JSON"}]
        found += [_inside("body", row) for row in mismatches(expected.body, body)]
    return found


def _inside(account_key: str, state_diff: Mismatch) -> Mismatch:
    return state_diff | {"member": f"{account_key}.{state_diff['member']}"}


def _weight(different: list[Mismatch]) -> int:
    return sum(OTHER_OPERATION if row["member"] == "operation" else 1 for row in different)


CALLS: Calls = (ControlCall("POST", "journal/verify", verify, Verified),)
