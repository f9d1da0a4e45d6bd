"""Why a signature did not match: the named mistake, and what emulator and client signed, side by side."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import orjson
from fastapi import HTTPException

from bce_emulator.control.journal import find_entry
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Explanation
from bce_emulator.control.selection import Served
from bce_emulator.engine.errors import IamSignatureInvalid, SignatureError
from bce_emulator.engine.observe.journal import Entry
from bce_emulator.engine.observe.redaction import MASK, masked_authorization, masked_query, masked_target
from bce_emulator.engine.observe.signature_diagnosis.candidate import Candidate
from bce_emulator.engine.observe.signature_diagnosis.search import Finding
from bce_emulator.engine.observe.signature_diagnosis.table import seen
from bce_emulator.engine.steps import in_turn

CODES = frozenset({error.code for error in SignatureError.__subclasses__()} | {IamSignatureInvalid.code})
PARTS = ("method", "path", "query")
TOKEN_LINE = "x-bce-security-token"
"""Where a canonical request shows a session token."""


async def explain(emulator: Served, request_id: str) -> dict[str, Any]:
    """The mistake in the signature of a refused request."""
    entry = find_entry(emulator, request_id)
    code = _code(entry)
    if code not in CODES:
        raise HTTPException(
            400, f"request {request_id} was not refused for its signature: it was answered {entry.status} {code}"
        )
    if entry.fault is not None:
        finding = Finding(seen("planned_fault"), detail=f"{entry.fault.id}: {entry.fault.effect}")
    else:
        finding = await in_turn(emulator.explainer.explain(entry.request, entry.moment))
    return rendered(entry, code, finding)


def is_unproved(entry: Entry) -> bool:
    """Whether a request was refused for its signature, so that nobody knows who sent it."""
    return entry.status in {400, 403} and entry.fault is None and _code(entry) in CODES


def rendered(entry: Entry, code: str, finding: Finding) -> dict[str, Any]:
    """An explanation as the control API writes it; no secret is in it."""
    request, ours, theirs = entry.request, finding.ours, finding.theirs
    return {
        "requestId": entry.request_id,
        "method": request.method,
        "path": request.raw_path.decode("latin-1"),
        "query": masked_query(request.query_string),
        "refusedWith": code,
        "mistake": finding.mistake.name,
        "means": finding.mistake.means,
        "remedy": finding.mistake.remedy,
        "detail": finding.detail,
        "authorization": masked_authorization(request.header(b"authorization")),
        "signingKeyOf": {"emulator": _prefix(ours), "client": _prefix(theirs)},
        "canonicalRequest": {"emulator": _text(ours), "client": _text(theirs)},
        "sideBySide": side_by_side(_lines(ours), _lines(theirs)),
    }


def side_by_side(ours: list[str], theirs: list[str]) -> list[dict[str, Any]]:
    """The lines of two canonical requests as rows; headers that only one of them has stand alone.

    Where it is unknown what the client signed, no row is said to differ.
    """
    if not ours:
        return []
    if not theirs:
        return [_row(_part(index), line, None) | {"same": None} for index, line in enumerate(ours)]
    rows = [_row(part, mine, other) for part, mine, other in zip(PARTS, ours, theirs, strict=False)]
    mine, other = ours[len(PARTS) :], theirs[len(PARTS) :]
    for _, a, b, c, d in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        rows += [_row("header", left, right) for left, right in zip_longest(mine[a:b], other[c:d])]
    return rows


def _row(part: str, ours: str | None, theirs: str | None) -> dict[str, Any]:
    return {"part": part, "emulator": ours, "client": theirs, "same": ours == theirs}


def _part(index: int) -> str:
    return PARTS[index] if index < len(PARTS) else "header"


def _prefix(candidate: Candidate | None) -> str | None:
    return candidate.prefix.decode("latin-1") if candidate is not None else None


def _text(candidate: Candidate | None) -> str | None:
    return "\n".join(_lines(candidate)) if candidate is not None else None


def _lines(candidate: Candidate | None) -> list[str]:
    if candidate is None:
        return []
    headers = [line.decode("utf-8", "replace") for line in candidate.write(candidate.headers)]
    lines = [
        candidate.method.decode("latin-1"),
        masked_target(candidate.path),
        masked_query(candidate.query),
        *(f"{TOKEN_LINE}:{MASK}" if line.lower().startswith(TOKEN_LINE + ":") else line for line in headers),
    ]
    shown = _shown(candidate.joint.removesuffix(b"\n"))
    return ((shown + "\n").join(lines) + _shown(candidate.tail)).split("\n")


def _shown(ending: bytes) -> str:
    return ending.decode("latin-1").replace("\r", "\\r")


def _code(entry: Entry) -> str:
    try:
        code: str = orjson.loads(entry.response).get("code", "")
    except (ValueError, AttributeError):
        return ""
    return code


CALLS: Calls = (ControlCall("GET", "requests/{request_id}/explain", explain, Explanation),)
