"""Reads accounts over a connection of its own: ahead, in a thread, or now where a request is under way already."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import psycopg

from bce_emulator.engine.persist.postgres.session import Session
from bce_emulator.engine.persist.rows import Key, Size
from bce_emulator.engine.steps import Steps

Rows = list[tuple[Key, bytes]]
MOST_AHEAD = 100
"""How many accounts may wait for who asked for them."""
Result = TypeVar("Result")


class Reader:
    """What is committed. ``may_read_ahead`` says of a generation whether it may be read before somebody needs it."""

    name, left = "the database", "nothing was changed; reset the account to start afresh"

    def __init__(self, database: str, may_read_ahead: Callable[[str], bool]) -> None:
        self._database = database
        self._may_read_ahead = may_read_ahead
        self._session: Session | None = None
        self._one_at_a_time = threading.Lock()
        self._ahead: dict[str, Rows | psycopg.Error] = {}
        self._forgotten = 0

    def has(self, generation: str) -> bool:
        """Whether the rows of an account were read ahead."""
        return generation in self._ahead

    def read_ahead(self, generation: str) -> None:
        """Read the rows of an account; where that fails, who asks for it meets the error."""
        forgotten = self._forgotten
        try:
            read: Rows | psycopg.Error = self._ask(lambda session: session.of(generation))
        except psycopg.Error as error:
            read = error
        if forgotten == self._forgotten and self._may_read_ahead(generation):
            self._ahead[generation] = read
            while len(self._ahead) > MOST_AHEAD:  # strangers may name accounts that they cannot use
                with suppress(KeyError, RuntimeError):
                    del self._ahead[next(iter(self._ahead))]

    def of(self, generation: str) -> Steps[Rows]:
        """Every row of a generation."""
        rows = self._ahead.pop(generation, None)
        if isinstance(rows, psycopg.Error):
            raise rows
        yield
        return self._ask(lambda session: session.of(generation)) if rows is None else rows

    def sizes(self) -> dict[str, Size]:
        """The regions and the number of resources of every generation."""
        return self._ask(lambda session: session.sizes())

    def forget(self) -> None:
        """What was read ahead may be no longer true."""
        self._forgotten += 1
        self._ahead.clear()

    def close(self) -> None:
        """Let go of the connection."""
        if self._session is not None:
            self._session.close()

    def _ask(self, question: Callable[[Session], Result]) -> Result:
        """Ask over the connection that there is, or over a new one where that is lost."""
        with self._one_at_a_time:
            if self._session is not None:
                try:
                    return question(self._session)
                except psycopg.Error:
                    self._session.close()
                    self._session = None
            self._session = Session(self._database)
            return question(self._session)
