"""Which of the emulator's names stands for which of the cloud's: ids, addresses, and what else is made up."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.observe.redaction import MASK
from bce_emulator.fidelity.addresses import is_address
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


def id_pattern() -> re.Pattern[str]:
    """What ids of resources look like, wherever they stand in a text."""
    prefixes = sorted(
        {kind.prefix for kind in resource_types().values() if hasattr(kind, "prefix")}, key=len, reverse=True
    )
    either = "|".join(map(re.escape, prefixes))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})-[A-Za-z0-9]{{6,}}(?![A-Za-z0-9])")


@cache
def _kinds_by_prefix() -> dict[str, list[type[Resource]]]:
    found: dict[str, list[type[Resource]]] = {}
    for kind in resource_types().values():
        found.setdefault(getattr(kind, "prefix", ""), []).append(kind)
    return found


def kinds_of(name: str) -> list[type[Resource]]:
    """The kinds of resource that an id can be of."""
    return _kinds_by_prefix().get(name.rpartition("-")[0], [])


class Names:
    """The cloud's names and the emulator's, as far as they were seen in the same place."""

    def __init__(self) -> None:
        self.ids = id_pattern()
        self._here: dict[str, str] = {}
        self._there: dict[str, str] = {}
        self._addresses: dict[str, str] = {}

    def is_id(self, value: Any) -> bool:
        """Whether a value looks like the id of a resource."""
        return isinstance(value, str) and "-" in value and self.ids.fullmatch(value) is not None

    def ids_in(self, text: str) -> list[str]:
        """The ids that stand in a text."""
        return self.ids.findall(text) if "-" in text else []

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
        return self.ids.sub(lambda found: self._here.get(found[0], found[0]), text)


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
