"""Which of the emulator's names stands for which of the cloud's: ids, addresses, and what else is made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from bce_emulator.cloud import CATALOGUE
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.observe.redaction import MASK
from bce_emulator.fidelity.addresses import is_address
from bce_emulator.fidelity.exchange import Recorded
from bce_emulator.fidelity.secrets_table import STANDS_FOR

MADE_UP = re.compile(
    r"(?:(?P<prefix>[A-Za-z][\w.]*(?:-[a-z]\w*)*)-)?(?P<rest>(?=[A-Za-z]*\d|[a-zA-Z]{8})[A-Za-z0-9]{6,}(?:-\d{1,3})?)"
)
PAGING = frozenset({"isTruncated", "marker", "nextMarker", "maxKeys", "pageNo", "pageSize", "totalCount", "total"})
"""Members that say where a page of a list begins and ends."""
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAIRS = re.compile(r"(?:[0-9a-f]{2}:){5,31}[0-9a-f]{2}", re.IGNORECASE)
"""A MAC address, or the fingerprint of a key."""
PUBLIC_KEY = re.compile(r"(?:ssh|ecdsa)-\S+ [A-Za-z0-9+/]+={0,2}(?: .*)?\s*")
TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


ID_MEMBER = re.compile(r"ids?|.*(?:I[dD]|_id)s?")
"""How members and query items are called that hold ids."""


def id_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What can be an id of a resource, wherever it stands in a text, and what surely is one."""
    prefixes = sorted(filter(None, _kinds_by_prefix()), key=len, reverse=True)
    start = rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, prefixes))})-"
    return re.compile(start + r"(?:[\w.-]*\w)"), re.compile(start + r"[A-Za-z0-9]{6,}(?![A-Za-z0-9])")


@cache
def _kinds_by_prefix() -> dict[str, list[type[Resource]]]:
    found: dict[str, list[type[Resource]]] = {}
    for kind in resource_types().values():
        found.setdefault(getattr(kind, "prefix", ""), []).append(kind)
    return found


def prefix_of(name: str) -> str:
    """The longest prefix of a kind of resource that an id begins with, or an empty text."""
    prefix, dash, rest = name.rpartition("-")
    while dash and not (rest and prefix in _kinds_by_prefix()):
        prefix, dash, last = prefix.rpartition("-")
        rest = f"{last}-{rest}"
    return prefix


def kinds_of(name: str) -> list[type[Resource]]:
    """The kinds of resource that an id can be of."""
    return _kinds_by_prefix()[prefix_of(name)] if prefix_of(name) else []


class Names:
    """The cloud's names and the emulator's, as far as they were seen in the same place."""

    def __init__(self, exchanges: Iterable[Recorded] = ()) -> None:
        self._candidates, self._sure = id_patterns()
        self._said = {name for recorded in exchanges for name in _said_to_be_ids(recorded)}
        """Ids that could be any words, and are known by where they stand: those that a seed or a user has chosen."""
        self._here: dict[str, str] = {}
        self._there: dict[str, str] = {}
        self._addresses: dict[str, str] = {}

    def is_id(self, value: Any) -> bool:
        """Whether a value looks like the id of a resource."""
        return isinstance(value, str) and "-" in value and (value in self._said or bool(self._sure.fullmatch(value)))

    def ids_in(self, text: str) -> list[str]:
        """The ids that stand in a text."""
        if "-" not in text:
            return []
        return [name for each in self._candidates.findall(text) for name in self._names_in(each)]

    def _names_in(self, text: str) -> list[str]:
        said = self._said_in(text)
        return [said] if said else self._sure.findall(text)

    def _said_in(self, text: str) -> str:
        """What could be an id, if it is one; else the one that it ends with, as a serial number may."""
        while text and text not in self._said:
            text = text.partition("-")[2]
        return text

    def __contains__(self, theirs: str) -> bool:
        """Whether a name of the cloud has one here."""
        return theirs in self._here

    def __len__(self) -> int:
        """How many are known."""
        return len(self._here)

    def own_member(self, item: dict[str, Any]) -> str:
        """The member with the id of what an object is about: ``id``, else one called for that kind, else the first."""
        if isinstance(item.get("id"), str) and item["id"]:
            return "id"
        ids = [member for member, value in item.items() if member not in PAGING and self.is_id(value)]
        for member in ids:
            stem = member.removesuffix("Id").casefold()
            kinds = kinds_of(item[member])
            if any(stem == kind.__name__.casefold() or stem.endswith(kind.prefix) for kind in kinds):
                return member
        return ids[0] if ids else ""

    def bind(self, theirs: str, ours: str) -> bool:
        """Note that two names were seen in one place; answers whether that fits what is known."""
        if is_address(theirs.partition("/")[0]) and is_address(ours.partition("/")[0]):
            self._addresses[theirs] = ours
            return True
        if theirs in self._here or ours in self._there:
            return self._here.get(theirs) == ours
        self._here[theirs], self._there[ours] = ours, theirs
        return True

    def stand_in(self, theirs: str, ours: str) -> None:
        """Have a name stand for one of the cloud that is only named."""
        self._here[theirs] = ours

    def here(self, text: str) -> str:
        """A text of the cloud with the emulator's names: the whole, a list with commas, or ids anywhere in it."""
        whole = self._here.get(text) or self._addresses.get(text)
        if whole is not None:
            return whole
        if "," in text:
            return ",".join(map(self.here, text.split(",")))
        if "-" not in text:
            return text
        return self._candidates.sub(self._candidate_here, text)

    def _candidate_here(self, found: re.Match[str]) -> str:
        said = self._said_in(found[0])
        if said in self._here:
            return found[0].removesuffix(said) + self._here[said]
        return self._sure.sub(lambda each: self._here.get(each[0], each[0]), found[0])


def _said_to_be_ids(recorded: Recorded) -> Iterator[str]:
    """What stands where the catalogue has a variable of a path, or in a member that is called an id."""
    entry = CATALOGUE.entries.get(recorded.operation) or CATALOGUE.operations.get(recorded.operation)
    segments = recorded.path.split("/")
    for route in entry.routes if entry is not None else ():
        places = route.path.split("/")
        if len(places) == len(segments):
            found = [text for place, text in zip(places, segments, strict=True) if place.startswith("{")]
            yield from (text for text in found if prefix_of(text))
    waiting: list[tuple[str, Any]] = [*recorded.query, ("", recorded.request), ("", recorded.answer)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, each) for each in value]
        elif isinstance(value, str) and ID_MEMBER.fullmatch(name):
            yield from (each for each in value.split(",") if prefix_of(each))


def made_up_alike(theirs: str, ours: str) -> bool:
    """Whether two texts can be what each side made up in the same place: ids, names by default, digests."""
    for form in (UUID, PAIRS, PUBLIC_KEY):
        if form.fullmatch(theirs) or form.fullmatch(ours):
            return bool(form.fullmatch(theirs) and form.fullmatch(ours))
    one, other = MADE_UP.fullmatch(theirs), MADE_UP.fullmatch(ours)
    return bool(one and other and one["prefix"] == other["prefix"] and (one["prefix"] or len(theirs) >= 16))


def is_time(text: str) -> bool:
    """Whether a text is a date or a time."""
    return TIME.fullmatch(text) is not None


def is_stand_in(theirs: str, ours: str) -> bool:
    """Whether a text stands for a secret, or is the other one but for what was masked in it."""
    if MASK in theirs:
        return re.fullmatch(".*".join(map(re.escape, theirs.split(MASK))), ours, re.DOTALL) is not None
    return STANDS_FOR.match(theirs) is not None
