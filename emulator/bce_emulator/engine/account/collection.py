"""Every resource of one kind in one account and region, oldest first, with indexes by what they name."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bce_emulator.engine.steps import Steps

if TYPE_CHECKING:
    from bce_emulator.engine.account.resource import Resource

Kind = TypeVar("Kind", bound="Resource")

REMEMBERED = 10_000
"""How many positions of resources that have gone are remembered."""

AT_ONCE = 1_000
"""How many resources are kept, or entered into an index, in a step."""
ASKED: dict[type[Resource], dict[str, None]] = {}
"""By which fields resources of a kind were looked for: where many come at once, those indexes are made with them."""


def looked_for_by(kind: type[Resource], *field_names: str) -> None:
    """Declare that resources of a kind will be looked for by these fields, before anybody has."""
    ASKED.setdefault(kind, {}).update(dict.fromkeys(field_names))


_set = object.__setattr__
_serial = attrgetter("serial")


class Collection(Generic[Kind]):
    """Every resource of one kind in one account, oldest first.

    ``version`` goes up with every change. ``touched``, where somebody keeps it, gathers what has changed, with None
    for what has gone. ``watchers`` are told of a resource before it changes or goes. The positions of those that have
    gone are remembered, so that a marker outlives its resource.
    """

    def __init__(self, kind: type[Kind]) -> None:
        self._asked = ASKED.setdefault(kind, {})
        self.by_id: dict[str, Kind] = {}
        self.version = 0
        self.touched: dict[str, Kind | None] | None = None
        self.watchers: list[Callable[[Kind], None]] = []
        self.indexes: dict[str, dict[Any, dict[str, Kind]]] = {}
        self._indexed: dict[str, int] = {}
        self._order: list[Kind] = []
        self.last_serial = 0
        self.gone: OrderedDict[str, int] = OrderedDict()

    def add(self, resource: Kind) -> None:
        """Keep a resource, as the newest unless it has a position already."""
        _set(resource, "serial", resource.serial or self.last_serial + 1)
        self.gone.pop(resource.id, None)
        self.by_id[resource.id] = resource
        if resource.serial > self.last_serial:
            self.last_serial = resource.serial
            self._order.append(resource)
        else:
            self._order.insert(self._position(resource.serial), resource)
        for field_name, index in self.indexes.items():
            _enter(index, getattr(resource, field_name), resource)
        _set(resource, "collection", self)
        self.note(resource.id, resource)

    def fill(self, resources: list[Kind], last_serial: int, gone: dict[str, int]) -> Steps[None]:
        """Keep these, and what else a collection remembers, on a collection that was empty and nobody sees so far."""
        self._order = resources
        self.last_serial = last_serial
        self.gone = OrderedDict(gone)
        self.version += 1
        for number, resource in enumerate(resources, 1):
            self.by_id[resource.id] = resource
            _set(resource, "collection", self)
            if number % AT_ONCE == 0:
                yield
        for field_name in list(self._asked) if resources else ():
            while not self.index(field_name, AT_ONCE):
                yield

    def remove(self, resource: Kind) -> None:
        """Forget a resource."""
        for watch in self.watchers:
            watch(resource)
        del self.by_id[resource.id]
        del self._order[self._position(resource.serial)]
        for field_name, index in self.indexes.items():
            _leave(index, getattr(resource, field_name), resource)
        _set(resource, "collection", None)
        self.note(resource.id, None)
        self.gone[resource.id] = resource.serial
        if len(self.gone) > REMEMBERED:
            forgotten, _ = self.gone.popitem(last=False)
            self.note(forgotten, None)

    def withdraw(self, last_serial: int) -> None:
        """Have none of those that were added since this was the last position, as if there had never been any."""
        while self._order and self._order[-1].serial > last_serial:
            resource = self._order[-1]
            self.remove(resource)
            del self.gone[resource.id]
        self.last_serial = last_serial

    def discard(self, most: int = sys.maxsize) -> bool:
        """Let go of so many resources; answers whether none is left.

        Each names its collection, and would only go when cycles are looked for.
        """
        for held in (self.by_id, self.indexes, self._indexed, self.touched):
            if held:
                held.clear()
        del self._order[-most:]
        return not self._order

    def note(self, resource_id: str, resource: Kind | None) -> None:
        """Note that a resource has changed or has gone."""
        self.version += 1
        if self.touched is not None:
            self.touched[resource_id] = resource

    def where(self, field_name: str, value: Hashable) -> list[Kind]:
        """Those whose fact has this value, or holds it if it is a tuple, oldest first.

        The others are not looked at, once all are in the index: each time some are entered into it.
        """
        if field_name in self._indexed or field_name not in self.indexes:
            return self._where_entering_some(field_name, value)
        found = self.indexes[field_name].get(value)
        return sorted(found.values(), key=_serial) if found else []

    def _where_entering_some(self, field_name: str, value: Hashable) -> list[Kind]:
        """The same while not all are in the index."""
        is_whole = self.index(field_name, AT_ONCE)
        found = dict(self.indexes[field_name].get(value, ()))
        rest = [] if is_whole else self._order[self._position(self._indexed[field_name] + 1) :]
        for resource, fact in zip(rest, map(attrgetter(field_name), rest), strict=True):
            if value in fact if isinstance(fact, tuple) else fact == value:
                found[resource.id] = resource
        return sorted(found.values(), key=_serial)

    def index(self, field_name: str, most: int) -> bool:
        """Enter so many further resources into an index; answers whether all are in it.

        What changes meanwhile is entered as if they were.
        """
        if field_name not in self.indexes:
            self.indexes[field_name] = {}
            self._indexed[field_name] = 0
            self._asked[field_name] = None
        elif field_name not in self._indexed:
            return True
        index, start = self.indexes[field_name], self._position(self._indexed[field_name] + 1)
        some = self._order[start : start + most]
        for resource in some:
            _enter(index, getattr(resource, field_name), resource)
            self._indexed[field_name] = resource.serial
        if start + len(some) < len(self._order):
            return False
        del self._indexed[field_name]
        return True

    def move(self, resource: Kind, field_name: str, value: object) -> None:
        """Keep an index true while a fact changes."""
        _leave(self.indexes[field_name], getattr(resource, field_name), resource)
        _enter(self.indexes[field_name], value, resource)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._order)

    def __iter__(self) -> Iterator[Kind]:
        """Every one, oldest first."""
        return iter(self._order)

    def newest_first(self, marker: str = "", of: tuple[str, Hashable] | None = None) -> Iterator[Kind]:
        """Every one, newest first, from the one that a marker names; KeyError for an unknown marker.

        ``of`` is a fact and its value, where only those are wanted that have it.
        """
        order = self._order if of is None else self.where(*of)
        end = len(order)
        if marker:
            resource = self.by_id.get(marker)
            serial = resource.serial if resource else self.gone[marker]
            end = bisect_left(order, serial + 1, key=_serial)
        return (order[index] for index in range(end - 1, -1, -1))

    def _position(self, serial: int) -> int:
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
