"""The form of an account as a document: what it must look like, and reading one with a place and a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bce_emulator.engine.account.account_settings import read_account_settings
from bce_emulator.engine.account.lifecycle import GONE
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types

FORMAT = 2
WRITTEN_BY = {1: "bce-emulator before 0.1.0 (the import package was still called emulator)"}
"""Which versions wrote the formats that are no longer read."""
CONFIG = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

Count = Annotated[int, Field(ge=0, lt=2**53)]
Moment = Annotated[float, Field(ge=0, lt=253_402_300_800)]
"""Unix seconds up to the year 9999, the last that a time can be written in."""
Path = tuple[str | int, ...]


class DocumentError(ValueError):
    """Something in a document that does not fit: where, and why."""

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(f"{'.'.join(map(str, where)) or 'the document'}: {reason}")


@dataclass(kw_only=True)
class Lapsed:
    """An event of the clock that fell away and was not met yet: without effect, but the clock still moves on to it."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    due: Moment
    number: Count
    planned: bool


@dataclass(kw_only=True)
class Time:
    """A clock."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    now: Moment
    frozen: bool
    pace: Annotated[float, Field(ge=0, le=1_000_000)]
    number: Count = 0
    lapsed: tuple[Lapsed, ...] = ()


@dataclass(kw_only=True)
class Token:
    """A client token, and the answer that it was given."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    token: str
    fingerprint: Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]
    body: str
    used: float


@dataclass(kw_only=True)
class Region:
    """What an account owns in one region; ``kinds`` has the collections by the name of the kind of resource."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    numbers: dict[str, Count] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    kinds: Any = None


@dataclass(kw_only=True)
class Document:
    """An account."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    format: Literal[2]
    account: str
    clock: Time
    facts: dict[str, Any]
    seconds: dict[str, Annotated[float, Field(ge=0)]]
    regions: Any


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    """The facts of a kind of resource, by name."""
    return tuple(each.name for each in fields(kind) if each.init)


def read_document(text: bytes | str, regions: Collection[str]) -> Document:
    """A document that fits, or a DocumentError."""
    try:
        document = _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        if first["loc"] == ("format",):
            raise DocumentError(first["loc"], _other_format(first.get("input"))) from None
        reason = "no such member" if first["type"] == "unexpected_keyword_argument" else first["msg"]
        raise DocumentError(first["loc"], reason) from None
    _check(document, regions)
    return document


def collections(region: Region) -> Iterator[tuple[type[Resource], Any]]:
    """The collections of a region that was read: each kind with ``serial``, ``gone`` and ``kept``."""
    for name, kind in resource_types().items():
        collection = getattr(region.kinds, member_of(name))
        if collection.kept or collection.serial or collection.gone:
            yield kind, collection


def numbers_in(document: Document) -> list[int]:
    """The numbers of all events that a document tells of, without those that have none yet."""
    numbers = [event.number for event in document.clock.lapsed]
    for region in document.regions.values():
        for _, collection in collections(region):
            for facts in collection.kept:
                numbers += [event.number for event in (facts.pending, *facts.timers) if event and event.number]
    return numbers


def member_of(key: str) -> str:
    """A key as the name of a member can be."""
    return key.replace(".", "_")


def _other_format(written: Any) -> str:
    if written in WRITTEN_BY and type(written) is int:
        return f"this is format {written}, of {WRITTEN_BY[written]}; load it there, this version reads format {FORMAT}"
    return f"this version reads format {FORMAT}"


@cache
def _adapter() -> TypeAdapter[Document]:
    collections_of = make_dataclass(
        "Kinds",
        [
            (member_of(key), Annotated[form, Field(alias=key)], field(default_factory=form))
            for key, form in _collection_forms().items()
        ],
        kw_only=True,
        namespace={"__pydantic_config__": CONFIG},
    )
    region = make_dataclass(
        "RegionOfKinds",
        [("kinds", collections_of, field(default_factory=collections_of))],
        bases=(Region,),
        kw_only=True,
    )
    whole = make_dataclass("Whole", [("regions", dict[str, region])], bases=(Document,), kw_only=True)  # type: ignore[valid-type]
    return TypeAdapter(whole)


def _collection_forms() -> dict[str, type[Any]]:
    return {key: _collection_form(member_of(key), kind) for key, kind in resource_types().items()}


def _collection_form(name: str, kind: type[Resource]) -> type[Any]:
    hints = get_type_hints(kind, include_extras=True)
    facts = [
        (each.name, hints[each.name]) if each.default is MISSING else (each.name, hints[each.name], each.default)
        for each in fields(kind)
        if each.init
    ]
    form = make_dataclass(name, facts, kw_only=True, namespace={"__pydantic_config__": CONFIG})
    return make_dataclass(
        f"{name}Collection",
        [
            ("serial", Count, 0),
            ("gone", dict[str, Count], field(default_factory=dict)),
            ("kept", tuple[form, ...], ()),  # type: ignore[valid-type]
        ],
        kw_only=True,
        namespace={"__pydantic_config__": CONFIG},
    )


def _check(document: Document, regions: Collection[str]) -> None:
    try:
        read_account_settings(document.facts)
    except ValueError as error:
        raise DocumentError(("facts",), str(error)) from None
    for name in document.seconds:
        kind, _, action = name.rpartition(".")
        if kind not in resource_types() or action not in resource_types()[kind].lifecycle.actions:
            raise DocumentError(("seconds", name), "no kind of resource has this action")
    for name, region in document.regions.items():
        if name not in regions:
            raise DocumentError(("regions", name), f"no region is called so; there are {', '.join(regions)}")
        for kind_, collection in collections(region):
            _check_collection(kind_, collection, ("regions", name, "kinds", kind_.type_key()))
    if repeated := [number for number, count in Counter(numbers_in(document)).items() if count > 1]:
        raise DocumentError(("regions",), f"two events have the number {repeated[0]}; 0 lets the emulator choose one")


def _check_collection(kind: type[Resource], collection: Any, where: Path) -> None:
    seen: set[str] = set(collection.gone)
    last = 0
    for index, facts in enumerate(collection.kept):
        path = (*where, "kept", index)
        if not facts.id or facts.id in seen:
            raise DocumentError((*path, "id"), f"{facts.id!r} is there twice" if facts.id else "an id is not empty")
        if not last < facts.serial <= collection.serial:
            raise DocumentError(
                (*path, "serial"), f"serials go up from 1 to the collection's, which is {collection.serial}"
            )
        _check_life(kind, facts, path)
        seen.add(facts.id)
        last = facts.serial


def _check_life(kind: type[Resource], facts: Any, path: Path) -> None:
    lifecycle = kind.lifecycle
    if facts.state not in lifecycle.states:
        raise DocumentError((*path, "state"), f"{facts.state!r} is none of {', '.join(lifecycle.states)}")
    if facts.pending and facts.pending.then not in {GONE, *lifecycle.states}:
        raise DocumentError((*path, "pending", "then"), f"{facts.pending.then!r} is no state of {kind.__name__}")
    for number, timer in enumerate(facts.timers):
        if timer.name not in kind.due:
            raise DocumentError((*path, "timers", number, "name"), f"{kind.__name__} has no timer {timer.name!r}")
