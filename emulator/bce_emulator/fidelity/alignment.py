"""Two answers beside each other: which parts of them belong together, and what differs in those."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from bce_emulator.fidelity.addresses import is_address
from bce_emulator.fidelity.differences import ABSENT
from bce_emulator.fidelity.names import PAGING, Names, is_stand_in, is_time, made_up_alike

Note = Callable[[str, str, Any, Any], None]
"""Told of each difference: its kind, where it is, and what both sides have there."""

NOT_COMPARED = frozenset({"requestId", "host"})
STATUS = "status"
TELLING = ("name", "isDefault", "zoneName")
"""What tells items apart that refer to the same, such as the subnets of a VPC."""
OTHERWISE = ("name", "spec", "flavorId", "zoneName", "tagKey", "isDefault")
"""What tells others apart, the surest first."""


class Alignment:
    """Compares answers; names that stand in one place are bound to each other, and statuses are left to ``follow``."""

    def __init__(self, names: Names, is_name: Callable[[str], bool], note: Note, *, strict: bool = False) -> None:
        self._names = names
        self._is_name = is_name
        self._note = note
        self.strict = strict
        """Whether items of a list belong together only if something says so."""
        self.asked: AbstractSet[str] = frozenset()
        """What requests said so far: a range that none named was chosen by the cloud, and here by the emulator."""
        self._inside = 0
        self.follow: Callable[[dict[str, Any], dict[str, Any]], bool] = lambda _theirs, _ours: False
        """Told of two objects with a status; answers whether it looks after that status."""

    def compare(self, theirs: Any, ours: Any, where: str = "", name: str = "") -> None:
        """Compare two values that stand in one place."""
        if isinstance(theirs, dict) and isinstance(ours, dict):
            self._objects(theirs, ours, where)
        elif isinstance(theirs, list) and isinstance(ours, list):
            self._lists(theirs, ours, where, name)
        elif type_of(theirs) != type_of(ours):
            if not _is_time_or_nothing(theirs, ours) and not (isinstance(ours, str) and is_stand_in(str(theirs), ours)):
                self._note("type", where, type_of(theirs), type_of(ours))
        elif theirs != ours:
            self._scalars(theirs, ours, where, name)
        elif isinstance(theirs, str) and self._is_name(ours):
            self._names.bind(theirs, ours)

    def _objects(self, theirs: dict[str, Any], ours: dict[str, Any], where: str) -> None:
        theirs = {self._names.here(name): value for name, value in theirs.items()}  # a map by ids has names here
        for name in theirs.keys() & ours.keys():  # names first, so that what they tell is known for the rest
            if isinstance(theirs[name], str) and isinstance(ours[name], str) and self._is_name(ours[name]):
                self.compare(theirs[name], ours[name], _joined(where, name), name)
        followed = STATUS in theirs and STATUS in ours and self.follow(theirs, ours)
        for name, value in theirs.items():
            if name in NOT_COMPARED or (name == STATUS and followed):
                continue
            if name not in ours:
                self._note("paging" if name in PAGING else "missing", _joined(where, name), value, ABSENT)
            elif not (isinstance(value, str) and isinstance(ours[name], str) and self._is_name(ours[name])):
                self.compare(value, ours[name], _joined(where, name), name)
        for name, value in ours.items():
            if name not in theirs and name not in NOT_COMPARED:
                self._note("paging" if name in PAGING else "added", _joined(where, name), ABSENT, value)

    def _lists(self, theirs: list[Any], ours: list[Any], where: str, name: str) -> None:
        inner = f"{where}[]"
        pairs = self.pairs(theirs, ours)
        self._inside += 1
        for their, our in pairs:
            self.compare(theirs[their], ours[our], inner, name)
        self._inside -= 1
        taken = [our for _, our in pairs]
        if taken != sorted(taken):
            self._note(
                "order",
                where,
                [_brief(theirs[their]) for their, _ in pairs],
                [_brief(ours[our]) for our in sorted(taken)],
            )
        for index in sorted(set(range(len(theirs))) - {their for their, _ in pairs}):
            self._note("items", inner, _brief(theirs[index]), ABSENT)
        for index in sorted(set(range(len(ours))) - set(taken)):
            self._note("items", inner, ABSENT, _brief(ours[index]))

    def pairs(self, theirs: list[Any], ours: list[Any]) -> list[tuple[int, int]]:
        """Which items belong together: by names that are bound, then by what tells them apart, then by their place."""
        left = dict(enumerate(ours))
        waiting = dict(enumerate(theirs))
        found: dict[int, int] = {}
        rules = [self._by_bound_name, self._by_references, _by_value]
        for rule in rules if self._is_strict else [*rules, _by(*TELLING), *map(_by, OTHERWISE)]:
            places: dict[str, list[int]] = {}
            for our, value in left.items():
                for key in rule(value, False):
                    places.setdefault(key, []).append(our)
            for their, value in list(waiting.items()):
                our_places = next((places[key] for key in rule(value, True) if places.get(key)), [])
                while our_places and our_places[0] not in left:
                    our_places.pop(0)
                if our_places:
                    found[their] = our = our_places.pop(0)
                    del left[our], waiting[their]
        if not self._is_strict:
            unknown = [their for their, value in waiting.items() if not _bound_member(value, self._names)]
            found |= dict(zip(unknown, left, strict=False))
        return sorted(found.items())

    @property
    def _is_strict(self) -> bool:
        return self.strict and not self._inside

    def _by_references(self, item: Any, is_theirs: bool) -> list[str]:
        """Where an item can be found by what it refers to, if that is bound, and by what tells it apart there."""
        if not isinstance(item, dict) or not (own := self._names.own_member(item)):
            return []
        others = {name: value for name, value in item.items() if self._names.is_id(value)}
        others.pop(own, None)
        if is_theirs and not all(value in self._names for value in others.values()):
            return []
        if not others and not item.get(TELLING[0]):
            return []
        named = {name: self._names.here(value) if is_theirs else value for name, value in others.items()}
        return [json.dumps([named, [item.get(member) for member in TELLING]], sort_keys=True)]

    def _by_bound_name(self, item: Any, is_theirs: bool) -> list[str]:
        """Where an item can be found by its own name: the first of its members that is bound."""
        if isinstance(item, str):
            return [self._names.here(item) if is_theirs else item] if not is_theirs or item in self._names else []
        if not isinstance(item, dict):
            return []
        member = self._names.own_member(item)
        if not member or (is_theirs and item[member] not in self._names):
            return []
        return [f"{member} {self._names.here(item[member]) if is_theirs else item[member]}"]

    def _scalars(self, theirs: Any, ours: Any, where: str, name: str) -> None:
        if not isinstance(theirs, str):
            self._note("paging" if name in PAGING else "value", where, theirs, ours)
            return
        if self._names.here(theirs) == ours or is_stand_in(theirs, ours) or (is_time(theirs) and is_time(ours)):
            return
        if self._is_name(ours) or _are_addresses(theirs, ours, ranges=theirs not in self.asked):
            if not theirs:
                self._note("paging" if name in PAGING else "value", where, theirs, ours)
            elif not self._names.bind(theirs, ours):
                self._note("relation", where, f"{theirs}, here {self._names.here(theirs)}", ours)
        elif made_up_alike(theirs, ours):
            self._names.bind(theirs, ours)
        else:
            self._note("paging" if name in PAGING else "value", where, theirs, ours)


def _are_addresses(theirs: str, ours: str, *, ranges: bool) -> bool:
    """Whether both are addresses, or also ranges of one size."""
    if ranges and theirs.rpartition("/")[2] == ours.rpartition("/")[2]:
        theirs, ours = theirs.partition("/")[0], ours.partition("/")[0]
    return is_address(theirs) and is_address(ours)


def type_of(value: Any) -> str:
    """The type of a value, and the form of a time."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return "".join("0" if char.isdigit() else char for char in value) if is_time(value) else "text"
    return {bool: "boolean", int: "integer", float: "decimal", list: "list", dict: "object"}[type(value)]


def _is_time_or_nothing(theirs: Any, ours: Any) -> bool:
    """Whether one is a time and the other an empty text, which is no other type."""
    return isinstance(theirs, str) and isinstance(ours, str) and not (theirs and ours)


def _joined(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _bound_member(item: Any, names: Names) -> str:
    """The member with the name of what an item is about, if it has one here."""
    member = names.own_member(item) if isinstance(item, dict) else ""
    return member if member and item[member] in names else ""


def _by_value(item: Any, _is_theirs: bool) -> list[str]:
    return [json.dumps(item, sort_keys=True)]


def _by(*members: str) -> Callable[[Any, bool], list[str]]:
    """Where an item can be found by some members, the first of which it must have."""
    return lambda item, _is_theirs: (
        [json.dumps([item.get(member) for member in members])]
        if isinstance(item, dict) and item.get(members[0])
        else []
    )


def _brief(item: Any) -> Any:
    """What tells an item apart, for a report."""
    if not isinstance(item, dict):
        return item
    return next((value for value in item.values() if isinstance(value, str) and value), item)
