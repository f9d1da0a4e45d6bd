"""The form of an account as a document: what it must look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import ConfigDict, Field, TypeAdapter

from bce_emulator.engine.account.clock import DAY, LAST_MOMENT, LATEST
from bce_emulator.engine.account.resource_types import resource_types

FORMAT = 2
WRITTEN_BY = {1: "bce-emulator before 0.1.0 (the import package was still called emulator)"}
"""Which versions wrote the formats that are no longer read."""
CONFIG = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

MAX_COUNT = 2**53 - 1
Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
Moment = Annotated[float, Field(ge=0, le=LAST_MOMENT)]
"""Unix seconds."""
RUNS_ON = 100 * 366 * DAY
"""Seconds for which a clock that was set to the latest moment may have run since."""
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

    now: Annotated[float, Field(ge=0, le=LATEST + RUNS_ON)]
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
class Kept:
    """The resources of a kind in a region; each is read by itself, in the form of its kind."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    serial: Count = 0
    gone: dict[str, Count] = field(default_factory=dict)
    kept: Sequence[Any] = ()


@dataclass(kw_only=True)
class Region:
    """What an account owns in one region; ``kinds`` has the collections by the key of the kind of resource."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    numbers: dict[str, Count] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    kinds: dict[str, Kept] = field(default_factory=dict)


@dataclass(kw_only=True)
class Document:
    """An account."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    format: Literal[2]
    account: str
    clock: Time
    facts: dict[str, Any]
    seconds: dict[str, Annotated[float, Field(ge=0)]]
    regions: dict[str, Region]


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    """The facts of a kind of resource, by name."""
    return tuple(each.name for each in fields(kind) if each.init)


@cache
def adapter(form: Any) -> TypeAdapter[Any]:
    """What reads a form."""
    return TypeAdapter(form)


@cache
def form_of(key: str) -> Any:
    """The form of a resource of the type with this key: all its facts."""
    kind = resource_types()[key]
    hints = get_type_hints(kind, include_extras=True)
    facts = [
        (each.name, hints[each.name]) if each.default is MISSING else (each.name, hints[each.name], each.default)
        for each in fields(kind)
        if each.init
    ]
    return make_dataclass(key.replace(".", "_"), facts, kw_only=True, namespace={"__pydantic_config__": CONFIG})
