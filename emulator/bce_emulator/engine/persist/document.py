"""Reading the document of an account in small steps: an account's parts, or the place where something does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError

from bce_emulator.engine.account.account_settings import read_account_settings
from bce_emulator.engine.account.clock import LAST_MOMENT
from bce_emulator.engine.account.lifecycle import GONE
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.persist.json_split import EACH, ITEMS, Parts, Path, Shape, SplitError, Text, split
from bce_emulator.engine.persist.state_schema import (
    FORMAT,
    MAX_COUNT,
    WRITTEN_BY,
    Document,
    DocumentError,
    Kept,
    Lapsed,
    Token,
    adapter,
    form_of,
)
from bce_emulator.engine.persist.state_snapshot import dump, events_of, fields_of
from bce_emulator.engine.steps import Steps, collected

SHAPE: Shape = {
    "clock": {"lapsed": ITEMS},
    "regions": {EACH: {"tokens": ITEMS, "kinds": {EACH: {"kept": ITEMS}}}},
}


def read_document(text: Text, regions: Collection[str]) -> Steps[Document]:
    """A document that fits, or a DocumentError; its resources are on no collection yet."""
    return (yield from document_of((yield from parts_of(text, SHAPE)), regions))


def parts_of(text: Text, shape: Shape) -> Steps[Parts]:
    """A text taken apart, or a DocumentError."""
    try:
        return (yield from split(text, shape))
    except SplitError as error:
        raise DocumentError(error.path, str(error)) from None


def document_of(parts: Parts, regions: Collection[str]) -> Steps[Document]:
    """The document that was taken apart in these; the first of its kind is read when its form was made."""
    adapter(Document)
    yield
    document: Document = _read(Document, parts.rest, ())
    types = resource_types()
    _check(document, regions, types)
    yield
    numbers: set[int] = set()
    document.clock.lapsed = yield from _read_each(Lapsed, parts, ("clock", "lapsed"))
    for event in document.clock.lapsed:
        _note(event.number, numbers)
    for name, region in document.regions.items():
        where: Path = ("regions", name)
        region.tokens = yield from _read_each(Token, parts, (*where, "tokens"))
        for key, kept in region.kinds.items():
            path = (*where, "kinds", key, "kept")
            kept.kept = yield from _read_kept(types[key], kept, parts, path, numbers)
    document.clock.number = max((document.clock.number, *numbers))
    return document


def _form(kind: type[Resource]) -> Steps[Any]:
    """The form of a kind of resource; to make one takes up to 8 ms, the first time."""
    form = form_of(kind.type_key())
    yield
    adapter(form)
    yield
    return form


def _read(form: Any, text: bytes, where: Path) -> Any:
    try:
        return adapter(form).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        if first["loc"] == ("format",):
            raise DocumentError(first["loc"], _other_format(first.get("input"))) from None
        reason = "no such member" if first["type"] == "unexpected_keyword_argument" else first["msg"]
        raise DocumentError((*where, *first["loc"]), reason) from None


def _read_each(form: Any, parts: Parts, where: Path) -> Steps[tuple[Any, ...]]:
    values = (_read(form, text, (*where, index)) for index, text in enumerate(parts.items(where)))
    return tuple((yield from collected(values)))


def _read_kept(kind: type[Resource], kept: Kept, parts: Parts, where: Path, numbers: set[int]) -> Steps[list[Resource]]:
    resources: list[Resource] = []
    seen: set[str] = set(kept.gone)
    last = 0
    form = None
    for index, text in enumerate(parts.items(where)):
        path = (*where, index)
        form = form or (yield from _form(kind))
        resource = kind(**vars(_read(form, text, path)))
        if not resource.id or resource.id in seen:
            raise DocumentError(
                (*path, "id"), f"{resource.id!r} is there twice" if resource.id else "an id is not empty"
            )
        if not last < resource.serial <= kept.serial:
            reason = f"serials go up from 1 to the collection's, which is {kept.serial}"
            raise DocumentError((*path, "serial"), reason)
        _check_life(resource, path)
        facts = fields_of(resource)
        _check_written(facts, path)
        _check_numbers(facts, path)
        for event in events_of(resource):
            _note(event.number, numbers)
        seen.add(resource.id)
        last = resource.serial
        resources.append(resource)
        yield
    return resources


def _other_format(written: Any) -> str:
    if type(written) is int and written in WRITTEN_BY:
        return f"this is format {written}, of {WRITTEN_BY[written]}; load it there, this version reads format {FORMAT}"
    return f"this version reads format {FORMAT}"


def _check(document: Document, regions: Collection[str], types: Mapping[str, type[Resource]]) -> None:
    try:
        read_account_settings(document.facts)
    except ValueError as error:
        raise DocumentError(("facts",), str(error)) from None
    _check_written(document.facts, ("facts",))
    for name in document.seconds:
        kind, _, action = name.rpartition(".")
        if kind not in types or action not in types[kind].lifecycle.actions:
            raise DocumentError(("seconds", name), "no kind of resource has this action")
    for name, region in document.regions.items():
        if name not in regions:
            raise DocumentError(("regions", name), f"no region is called so; there are {', '.join(regions)}")
        for key in region.kinds:
            if key not in types:
                raise DocumentError(("regions", name, "kinds", key), "no such member")


def _check_life(resource: Resource, path: Path) -> None:
    lifecycle, kind = resource.lifecycle, type(resource).__name__
    if resource.state not in lifecycle.states:
        raise DocumentError((*path, "state"), f"{resource.state!r} is none of {', '.join(lifecycle.states)}")
    if resource.pending and resource.pending.then not in {GONE, *lifecycle.states}:
        raise DocumentError((*path, "pending", "then"), f"{resource.pending.then!r} is no state of {kind}")
    for number, timer in enumerate(resource.timers):
        if timer.name not in resource.due:
            raise DocumentError((*path, "timers", number, "name"), f"{kind} has no timer {timer.name!r}")


def _check_written(value: Any, path: Path) -> None:
    try:
        dump(value)
    except TypeError as error:
        raise DocumentError(path, f"there is a number that cannot be written back: {error}") from None


def _check_numbers(value: Any, path: Path) -> None:
    """Whole numbers of a resource are what JSON can hold exactly, and every other one is a moment."""
    if isinstance(value, int):
        if abs(value) > MAX_COUNT:
            raise DocumentError(path, "a whole number is between -2^53 and 2^53")
    elif isinstance(value, float):
        if not 0 <= value <= LAST_MOMENT:
            raise DocumentError(path, "a moment is from 1970 to the year 9999")
    elif isinstance(value, dict):
        for key, each in value.items():
            _check_numbers(each, (*path, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            _check_numbers(each, (*path, value._fields[index] if hasattr(value, "_fields") else index))


def _note(number: int, numbers: set[int]) -> None:
    if number in numbers:
        raise DocumentError(("regions",), f"two events have the number {number}; 0 lets the emulator choose one")
    if number:
        numbers.add(number)
