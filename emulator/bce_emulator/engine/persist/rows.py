"""The one table that keeps accounts: what its rows are, and what a database that holds it can be asked."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from bce_emulator.engine.steps import StepsAside

Key = tuple[str, str, str, str]
"""Generation of an account, region, kind and id."""

Size = tuple[list[str], int]
"""The regions that an account has, and how many resources."""

COMMON, CREDENTIALS, LEFTOVER, NUMBERS, TOKEN = "(common)", "(credentials)", "(leftover)", "(numbers)", "(token)"
"""The kinds of rows that are no resources."""

AT_ONCE = 100
"""How many rows are written in one transaction, or removed, where that need not be all at once."""


class StoreError(ValueError):
    """What keeps accounts cannot be used, and why."""


def account_of(generation: str) -> str:
    """The account that rows are of: an account that takes the place of another has rows of a generation of its own.

    That one is live which has a row ``COMMON``. What is being written, or is left of one that was live, has a row
    ``LEFTOVER`` instead. A database of an older format knows generations that are called like their account.
    """
    return generation.partition("/")[0]


def number_of(generation: str) -> int:
    """The number of a generation; no other of the same account has it."""
    return int(generation.partition("/")[2] or 0)


def common_key(generation: str) -> Key:
    """The row that a live generation has."""
    return (generation, "", COMMON, "")


def leftover_key(generation: str) -> Key:
    """The row that any other generation has."""
    return (generation, "", LEFTOVER, "")


class Contents(NamedTuple):
    """The live generations, the keys that were made, and the generations that are not live."""

    live: list[str]
    keys: list[bytes]
    leftovers: list[str]


class Changes(NamedTuple):
    """What to delete, to write and to sweep, in this order, and what to remember once that is done.

    ``sweep`` are generations whose rows go, unless they are live by then. ``placed`` says of which generation an
    account is from then on, None if there is no such account any more; ``left`` are generations that were live.
    """

    delete: list[Key]
    write: dict[Key, bytes]
    sweep: list[str]
    placed: dict[str, str | None]
    left: list[str]
    touched: list[dict[Any, Any]]
    counted: dict[tuple[str, str], int]

    @classmethod
    def none(cls) -> Changes:
        """Nothing yet."""
        return cls([], {}, [], {}, [], [], {})

    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.write or self.delete or self.sweep)


class Rows(Protocol):
    """A database with the table. ``name`` and ``left`` are what its messages call it and what they advise."""

    name: str
    left: str

    def of(self, generation: str) -> StepsAside[list[tuple[Key, bytes]]]:
        """Every row of a generation in the order in which they came, or the error that it cannot be read."""

    def sizes(self) -> dict[str, Size]:
        """The regions and the number of resources of every generation, without reading it."""

    def close(self) -> None:
        """Let go of it."""
