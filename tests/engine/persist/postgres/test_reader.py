"""Accounts that are read ahead: what failed is told to who asks, and nothing of it is kept for too long."""

from __future__ import annotations

import psycopg
import pytest

from bce_emulator.engine.persist.postgres import reader
from bce_emulator.engine.persist.postgres.reader import MOST_AHEAD, Reader
from bce_emulator.engine.steps import at_once


class Session:
    """Stands for a connection; what it reads says how often was read."""

    reads, fails = 0, False

    def __init__(self, _database: str) -> None:
        pass

    def of(self, name: str) -> list:
        Session.reads += 1
        if Session.fails:
            raise psycopg.OperationalError("gone")
        return [((name, "", "", ""), b"%d" % Session.reads)]

    def close(self) -> None:
        pass


@pytest.fixture
def read(monkeypatch) -> Reader:
    monkeypatch.setattr(reader, "Session", Session)
    monkeypatch.setattr(Session, "reads", 0)
    monkeypatch.setattr(Session, "fails", False)
    return Reader("", ["a", *map(str, range(2 * MOST_AHEAD))].__contains__)


def test_what_was_read_ahead_is_used_once(read):
    read.read_ahead("a")

    assert read.has("a")
    assert [text for _, text in at_once(read.of("a")) + at_once(read.of("a"))] == [b"1", b"2"]


def test_what_was_forgotten_or_is_in_memory_already_is_read_again(read):
    read.read_ahead("in memory")
    read.read_ahead("a")
    read.forget()

    assert not read.has("in memory")
    assert not read.has("a")


def test_a_failure_is_met_once_by_who_asks_and_a_new_connection_is_made(read):
    Session.fails = True
    read.read_ahead("a")
    Session.fails = False

    assert read.has("a")
    with pytest.raises(psycopg.OperationalError):
        at_once(read.of("a"))
    assert at_once(read.of("a"))


def test_strangers_who_name_accounts_do_not_fill_the_memory(read):
    for number in range(2 * MOST_AHEAD):
        read.read_ahead(str(number))

    assert len(read._ahead) == MOST_AHEAD
