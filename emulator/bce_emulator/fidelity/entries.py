"""Which differences there can be at all: an entry of the file of known ones that can never be met is refused."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints

from bce_emulator.cloud import CATALOGUE
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.declare.product import suggest
from bce_emulator.engine.declare.response_types import is_response_type
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.fault_plans import all_errors
from bce_emulator.fidelity.compare import FAILED, NOT_EMULATED
from bce_emulator.fidelity.names import PAGING

ROOT, UNKNOWN = "-", "?"
OF_RESOURCES = frozenset({"lifecycle", "duration"})
"""What differs of a kind of resource, not of an operation."""
HERE = frozenset({"added", "type", "value", "relation", "order", "items"})
"""What differs at a place that the emulator's answer has."""
OF_REFUSALS = frozenset({"code", "message", "requestId"})
STATUSES = re.compile(r"([1-5]\d\d)->([1-5]\d\d)", re.ASCII)


def why_not(subject: str, kind: str, place: str) -> str:
    """Why there is no such difference, in a sentence without an end; an empty text if there can be one."""
    return _of_resource(subject, kind, place) if kind in OF_RESOURCES else _of_operation(subject, kind, place)


def emulated(subject: str) -> Operation | None:
    """The emulated operation of a key, if it is one."""
    entry = CATALOGUE.entries.get(subject)
    return CATALOGUE.operations.get(subject) or (CATALOGUE.emulated(entry) if entry is not None else None)


def _of_operation(subject: str, kind: str, place: str) -> str:
    if subject not in CATALOGUE.entries and subject not in CATALOGUE.operations:
        return f"{subject!r} is no operation{suggest(subject, {*CATALOGUE.entries, *CATALOGUE.operations})}"
    if kind == "emulated":
        return "" if place == ROOT else f"the place of 'emulated' is {ROOT}"
    operation = emulated(subject)
    if operation is None:
        return f"{subject} is not emulated, and differs in nothing but '{subject} emulated {ROOT}'"
    if kind == "status":
        return _of_status(place)
    if kind in {"code", "message"}:
        return _of_code(kind, place)
    return _of_place(operation, kind, place)


def _of_resource(subject: str, kind: str, place: str) -> str:
    if subject == UNKNOWN:
        return ""
    kinds = {key: each for key, each in resource_types().items() if each.lifecycle.states}
    found = kinds.get(subject)
    if found is None:
        return f"{subject!r} is no kind of resource with statuses, which {kind!r} is about{suggest(subject, kinds)}"
    shown = {found.lifecycle.shown_as.get(state, state) for state in found.lifecycle.states}
    if kind == "duration" and found.status is Resource.status and place not in shown:
        return f"{subject} is never {place!r} here{suggest(place, shown)}"
    return ""


def _of_status(place: str) -> str:
    found = STATUSES.fullmatch(place)
    theirs, ours = map(int, found.groups()) if found else (0, 0)
    if theirs == ours or theirs >= FAILED or ours == NOT_EMULATED:
        return f"the place of 'status' is the cloud's and the emulator's, such as 404->400, not {place!r}"
    return ""


def _of_code(kind: str, place: str) -> str:
    theirs, arrow, ours = place.rpartition("->")
    if (kind == "code") != bool(arrow) or (arrow and theirs == ours):
        says = "the cloud's code and the emulator's, such as A->B," if kind == "code" else "a code,"
        return f"the place of {kind!r} is {says} not {place!r}"
    codes = {error.code for error in all_errors(ApiError)}
    return "" if ours in codes else f"the emulator never answers the code {ours!r}{suggest(ours, codes)}"


def _of_place(operation: Operation, kind: str, place: str) -> str:
    if kind == "paging" and place.removesuffix("[]").rpartition(".")[2] not in PAGING:
        return f"'paging' is about {', '.join(sorted(PAGING))}, not {place!r}"
    if kind == "items" and not place.endswith("[]"):
        return f"the place of 'items' is a list, with [] at its end, not {place!r}"
    is_of_refusal = kind == "added" and place in OF_REFUSALS
    if kind in HERE and not is_of_refusal and not _has(operation.response, _steps(place)):
        return f"{operation.key} answers nothing at {place!r} here"
    return ""


def _steps(place: str) -> list[str]:
    """The way to a place: names of members, and ``[]`` for an item of a list."""
    return re.findall(r"\[\]|[^.\[\]]+", place) if place != ROOT else []


def _has(hint: Any, steps: list[str]) -> bool:
    """Whether what is declared so has something there; the members of a map may be called anything."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Annotated, NotRequired}:
        return _has(parts[0], steps)
    if origin in {Union, UnionType}:
        return any(_has(part, steps) for part in parts)
    if not steps or hint is Any or origin is dict:
        return True
    if origin is list:
        return steps[0] == "[]" and _has(parts[0], steps[1:])
    members = get_type_hints(hint, include_extras=True) if is_response_type(hint) else {}
    return steps[0] in members and _has(members[steps[0]], steps[1:])
