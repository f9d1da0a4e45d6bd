"""The one table that keeps accounts: what its rows are, and what a database that holds it can be asked."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from bce_emulator.engine.steps import Steps

Key = tuple[str, str, str, str]
"""Account, region, kind and id."""

COMMON, CREDENTIALS, NUMBERS, TOKEN = "(common)", "(credentials)", "(numbers)", "(token)"
"""The kinds of rows that are no resources."""


class StoreError(ValueError):
    """What keeps accounts cannot be used, and why."""


class Changes(NamedTuple):
    """What to write, in this order, and what to remember once that is done.

    ``copy`` names accounts that get the rows of another where they have none.
    """

    forget: list[str]
    write: dict[Key, bytes]
    delete: list[Key]
    copy: dict[str, str]
    touched: list[dict[Any, Any]]
    counted: dict[tuple[str, str], int]

    @classmethod
    def none(cls) -> Changes:
        """Nothing yet."""
        return cls([], {}, [], {}, [], {})

    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.forget or self.write or self.delete)


class Rows(Protocol):
    """A database with the table. ``name`` and ``left`` are what its messages call it and what they advise."""

    name: str
    left: str

    def of(self, account: str) -> Steps[list[tuple[Key, bytes]]]:
        """Every row of an account in the order in which they came, or the error that it cannot be read."""

    def sizes(self) -> dict[str, tuple[list[str], int]]:
        """The regions and the number of resources of every account, without reading it."""

    def close(self) -> None:
        """Let go of it."""
