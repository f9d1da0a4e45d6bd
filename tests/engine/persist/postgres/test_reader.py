"""Rows that are asked for in a thread, so that nobody waits for the database but who needs them; once, failure or not."""

from __future__ import annotations

import asyncio
import threading

import psycopg
import pytest

from bce_emulator.engine.persist.postgres import reader
from bce_emulator.engine.persist.postgres.reader import Reader
from bce_emulator.engine.steps import Shared, at_once, in_turn
from tests.cluster.services import PATIENCE
from tests.control.test_slices import until


class Session:
    """Stands for a connection; what it reads says how often was read. It does not answer until it may."""

    reads, fails = 0, False
    asked, may_answer = threading.Event(), threading.Event()

    def __init__(self, _database: str) -> None:
        pass

    def of(self, name: str) -> list:
        Session.reads += 1
        self.asked.set()
        assert self.may_answer.wait(PATIENCE)
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
    monkeypatch.setattr(Session, "asked", threading.Event())
    monkeypatch.setattr(Session, "may_answer", threading.Event())
    Session.may_answer.set()
    return Reader("")


def texts(rows: list) -> list[bytes]:
    return [text for _, text in rows]


def test_others_are_served_while_the_database_is_asked(read):
    Session.may_answer.clear()

    async def run() -> list:
        asking = asyncio.create_task(in_turn(read.of("a")))
        await until(Session.asked.is_set)
        Session.may_answer.set()
        return await asking

    assert texts(asyncio.run(run())) == [b"1"]
    assert Session.reads == 1


def test_who_cannot_wait_asks_at_once_and_each_who_comes_later_asks_anew(read):
    assert texts(at_once(read.of("a")) + at_once(read.of("a"))) == [b"1", b"2"]


def test_who_cannot_wait_has_the_rows_that_a_thread_is_asking_for(read):
    Session.may_answer.clear()
    found = []

    def steps():
        found.extend((yield from read.of("a")))

    async def run() -> None:
        shared = Shared(steps())
        waiting = asyncio.create_task(shared.wait())
        await until(Session.asked.is_set)
        threading.Thread(target=Session.may_answer.set).start()
        shared.hurry()
        assert texts(found) == [b"1"]
        await waiting
        shared.check()

    asyncio.run(run())

    assert (texts(found), Session.reads) == ([b"1"], 1)


@pytest.mark.parametrize("ask", [lambda steps: asyncio.run(in_turn(steps)), at_once])
def test_a_failure_is_met_once_by_who_asks_and_a_new_connection_is_made(read, ask):
    Session.fails = True
    with pytest.raises(psycopg.OperationalError):
        ask(read.of("a"))
    assert Session.reads == 1
    Session.fails = False

    assert texts(ask(read.of("a"))) == [b"2"]
