"""What a client can create, see and remove, and the shelf that keeps all of one kind."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import orjson

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.errors import ApiError, NoSuchObject

Kind = TypeVar("Kind", bound="Resource")

REMEMBERED = 10_000

BOOKKEEPING = frozenset({"shelf", "shown"})
"""What is no fact of a resource."""

_set = object.__setattr__


class Pending(NamedTuple):
    """A transition under way: the action, the state after, the virtual moment of its end, the order among equals."""

    action: str
    then: str
    due: float
    number: int = 0


class Timer(NamedTuple):
    """Something that will happen to a resource at a virtual moment, by the name its ``when_due`` function has."""

    name: str
    due: float
    number: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Resource:
    """A dataclass of facts. Every value is immutable, so that a change is always an assignment, and is seen.

    What can be worked out from other resources is worked out when shown, not kept.
    """

    prefix: ClassVar[str]
    id_letters: ClassVar[str] = "mixed"
    not_found: ClassVar[type[ApiError]] = NoSuchObject
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=("Available",))
    due: ClassVar[dict[str, Callable[[Any, Any], None]]] = {}

    shelf: Shelf[Any] | None = field(default=None, repr=False, init=False)
    shown: tuple[tuple[object, ...], orjson.Fragment] | None = field(default=None, repr=False, init=False)
    id: str
    state: str = "Available"
    created: float = 0.0
    pending: Pending | None = None
    timers: tuple[Timer, ...] = ()
    serial: int = 0

    def __setattr__(self, name: str, value: object) -> None:
        """Set a fact, and tell the shelf that this resource is not what it was."""
        if name in BOOKKEEPING or (shelf := self.shelf) is None:
            _set(self, name, value)
            return
        if name in shelf.indexes:
            shelf.move(self, name, value)
        _set(self, name, value)
        _set(self, "shown", None)
        shelf.version += 1
        if shelf.touched is not None:
            shelf.touched[self.id] = self

    @property
    def status(self) -> str:
        """The state as a client sees it."""
        return self.lifecycle.shown_as.get(self.state, self.state)


class Shelf(Generic[Kind]):
    """Every resource of one kind in one account, oldest first.

    ``version`` goes up with every change. ``touched``, where somebody keeps it, gathers what has changed, with None
    for what has gone. The places of those that have gone are remembered, so that a marker outlives its resource.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Kind] = {}
        self.version = 0
        self.touched: dict[str, Kind | None] | None = None
        self.indexes: dict[str, dict[Any, dict[str, Kind]]] = {}
        self._order: list[Kind] = []
        self.last_serial = 0
        self.gone: OrderedDict[str, int] = OrderedDict()

    def add(self, resource: Kind) -> None:
        """Keep a resource, as the newest unless it brings the place it had."""
        resource.serial = resource.serial or self.last_serial + 1
        self.gone.pop(resource.id, None)
        self.by_id[resource.id] = resource
        if resource.serial > self.last_serial:
            self.last_serial = resource.serial
            self._order.append(resource)
        else:
            self._order.insert(self._place(resource.serial), resource)
        for fact, index in self.indexes.items():
            _enter(index, getattr(resource, fact), resource)
        resource.shelf = self
        self.note(resource.id, resource)

    def fill(self, resources: list[Kind], last_serial: int, gone: dict[str, int]) -> None:
        """Keep these, and what else a shelf remembers, on a shelf that was empty so far."""
        self._order = resources
        self.by_id = {resource.id: resource for resource in resources}
        self.last_serial = last_serial
        self.gone = OrderedDict(gone)
        self.version += 1
        for resource in resources:
            _set(resource, "shelf", self)

    def remove(self, resource: Kind) -> None:
        """Forget a resource."""
        del self.by_id[resource.id]
        del self._order[self._place(resource.serial)]
        for fact, index in self.indexes.items():
            _leave(index, getattr(resource, fact), resource)
        resource.shelf = None
        self.note(resource.id, None)
        self.gone[resource.id] = resource.serial
        if len(self.gone) > REMEMBERED:
            forgotten, _ = self.gone.popitem(last=False)
            self.note(forgotten, None)

    def note(self, resource_id: str, resource: Kind | None) -> None:
        """Take note that a resource is not what it was, or is no more."""
        self.version += 1
        if self.touched is not None:
            self.touched[resource_id] = resource

    def where(self, fact: str, value: Hashable) -> list[Kind]:
        """Those whose fact has this value, or holds it if it is a tuple, oldest first; the others are not looked at."""
        index = self.indexes.get(fact)
        if index is None:
            index = self.indexes[fact] = {}
            for resource in self._order:
                _enter(index, getattr(resource, fact), resource)
        return sorted(index.get(value, {}).values(), key=_serial)

    def move(self, resource: Kind, fact: str, value: object) -> None:
        """Keep an index true while a fact changes."""
        _leave(self.indexes[fact], getattr(resource, fact), resource)
        _enter(self.indexes[fact], value, resource)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._order)

    def __iter__(self) -> Iterator[Kind]:
        """Every one, oldest first."""
        return iter(self._order)

    def newest_first(self, marker: str = "") -> Iterator[Kind]:
        """Every one, newest first, from the one that a marker names; KeyError for an unknown marker."""
        end = len(self._order)
        if marker:
            resource = self.by_id.get(marker)
            end = self._place((resource.serial if resource else self.gone[marker]) + 1)
        order = self._order
        return (order[index] for index in range(end - 1, -1, -1))

    def _place(self, serial: int) -> int:
        return bisect_left(self._order, serial, key=_serial)


def _enter(index: dict[Any, dict[str, Any]], value: object, resource: Resource) -> None:
    for each in value if isinstance(value, tuple) else (value,):
        index.setdefault(each, {})[resource.id] = resource


def _leave(index: dict[Any, dict[str, Any]], value: object, resource: Resource) -> None:
    for each in value if isinstance(value, tuple) else (value,):
        kept = index.get(each)
        if kept is not None:
            kept.pop(resource.id, None)
            if not kept:
                del index[each]


_serial = attrgetter("serial")


def when_due(kind: type[Resource], name: str) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Declare what happens to a kind of resource when a timer of this name is due."""

    def declare(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        kind.due = {**kind.due, name: function}
        return function

    return declare
