"""What differs between the cloud and the emulator, by operation: each once, with how often and an example."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

KINDS = {
    "status": "another HTTP status",
    "code": "another code",
    "message": "another message",
    "missing": "a member that the emulator does not answer",
    "added": "a member that only the emulator answers",
    "type": "a value of another type or form",
    "value": "another value",
    "relation": "the name of another resource",
    "lifecycle": "a status that a resource has on one side only",
    "duration": "a status that lasts longer or shorter",
    "order": "a list in another order",
    "items": "a list with other items",
    "paging": "another page, or another end of it",
    "emulated": "an operation that is not emulated",
}
"""What a difference can be."""
LONGEST = 200
SEPARATORS = re.compile(r"[\s#]")


@dataclass(slots=True)
class Difference:
    """One difference: of which operation or kind of resource, what it is, where, and what both sides have."""

    subject: str
    kind: str
    where: str
    theirs: str
    ours: str
    line: int
    count: int = 1

    @property
    def key(self) -> str:
        """The words by which a file of known differences names it."""
        return " ".join((self.subject, self.kind, SEPARATORS.sub("_", self.where) or "-"))


class Differences:
    """Those that were found, in the order in which they were."""

    def __init__(self) -> None:
        self.found: dict[str, Difference] = {}

    def note(self, subject: str, kind: str, where: str, theirs: Any, ours: Any, line: int) -> None:
        """Note a difference; one that is there already is counted."""
        new = Difference(subject, kind, _printable(where), shown(theirs), shown(ours), line)
        kept = self.found.setdefault(new.key, new)
        if kept is not new:
            kept.count += 1

    def __iter__(self) -> Any:
        """Every difference."""
        return iter(self.found.values())


ABSENT = object()
"""Stands for what is not there."""


def shown(value: Any) -> str:
    """A value in a report."""
    if value is ABSENT:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = _printable(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _printable(text: str) -> str:
    """A text without halves of surrogate pairs, which JSON can write and no report."""
    return text.encode("utf-8", "replace").decode()
