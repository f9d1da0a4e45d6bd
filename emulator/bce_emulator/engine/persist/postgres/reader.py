"""Reads accounts over a connection of its own: in a thread, or at once for who cannot wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import psycopg

from bce_emulator.engine.persist.postgres.session import Session
from bce_emulator.engine.persist.rows import Key, Size
from bce_emulator.engine.steps import StepsAside

Rows = list[tuple[Key, bytes]]
Result = TypeVar("Result")


class Asked:
    """Rows that are asked for once, by whichever thread is first; where that fails, all who ask are told."""

    def __init__(self, ask: Callable[[], Rows]) -> None:
        self._ask = ask
        self._answer: Rows | psycopg.Error | None = None
        self._one_at_a_time = threading.Lock()

    def answer(self) -> Rows | psycopg.Error:
        """The rows, or the error, when they are there."""
        with self._one_at_a_time:
            if self._answer is None:
                try:
                    self._answer = self._ask()
                except psycopg.Error as error:
                    self._answer = error
            return self._answer


class Reader:
    """What is committed."""

    name, left = "the database", "nothing was changed; reset the account to start afresh"

    def __init__(self, database: str) -> None:
        self._database = database
        self._session: Session | None = None
        self._one_at_a_time = threading.Lock()

    def of(self, generation: str) -> StepsAside[Rows]:
        """Every row of a generation."""
        asked = Asked(lambda: self._ask(lambda session: session.of(generation)))
        yield asked.answer
        answer = asked.answer()
        if isinstance(answer, psycopg.Error):
            raise answer
        return answer

    def sizes(self) -> dict[str, Size]:
        """The regions and the number of resources of every generation."""
        return self._ask(lambda session: session.sizes())

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
