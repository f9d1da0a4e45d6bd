"""The log of SQLite is moved while others commit: nothing is lost, and what is sealed is in the file."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bce_emulator.engine.persist import log_mover, sqlite_rows, store_file
from bce_emulator.engine.persist.store_file import COUNT, FILE, LOG, read_count
from tests.cloud import Cloud
from tests.engine.persist.stores import CREATED, ORDER, count, create_in_one_commit, look_fails, start


def no_room(*_: object, **_named: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def create_and_move(cloud: Cloud) -> None:
    """Create an instance, and have the log moved by that commit, not by one of what the clock changed before."""
    mover = cloud.emulator.store.rows._mover
    cloud.emulator.store.save()
    mover._due = 0
    cloud.create()
    mover.wait()


def test_a_log_that_cannot_be_moved_stays_and_is_tried_again_when_it_is_larger(left, monkeypatch):
    monkeypatch.setattr(store_file, "MIN_LOG", 20_000)
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    tried = []
    mover._due = 20_000
    monkeypatch.setattr(log_mover, "move", lambda _: tried.append((left / LOG).stat().st_size))
    while len(tried) < 2:
        create_in_one_commit(cloud)
        mover.wait()

    monkeypatch.undo()
    assert tried[0] > 20_000
    assert tried[1] - tried[0] > 20_000
    cloud.emulator.close()
    assert count(start(left)) > CREATED


def test_commits_go_on_while_the_log_is_moved_and_a_file_is_sealed_with_what_was_committed_before(
    left, tmp_path, monkeypatch
):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    begun, goes_on = threading.Event(), threading.Event()
    move = log_mover.move

    def moved(*how: Any) -> bool:
        begun.set()
        assert goes_on.wait(60)
        return move(*how)

    monkeypatch.setattr(log_mover, "move", moved)
    mover._due = 0
    cloud.create()
    assert begun.wait(60)
    number = read_count(left / COUNT)[0]
    cloud.create()
    goes_on.set()
    mover.wait()

    noted, seal = read_count(left / COUNT)
    assert noted > int(seal.split()[1]) == number
    shutil.copytree(left, whole := tmp_path / "whole")
    monkeypatch.setattr(store_file, "_check_rows", look_fails)
    assert count(start(whole)) == CREATED + 2


def pages(directory: Path) -> int:
    """How many pages of the log are in use."""
    with closing(sqlite3.connect(directory / FILE, isolation_level=None)) as connection:
        return connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]


@pytest.mark.parametrize("is_long", [False, True], ids=["by who commits next", "by the move of a long one"])
def test_a_log_begins_anew_in_its_place_after_all_of_it_was_moved(left, monkeypatch, is_long):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "MAX_LOG", 0 if is_long else 1 << 30)
    cloud.create()
    size, had = (left / LOG).stat().st_size, pages(left)
    mover._due = 0
    mover.look(read_count(left / COUNT)[0], 1)
    mover.wait()

    assert int(read_count(left / COUNT)[1].split()[1]) == read_count(left / COUNT)[0]
    cloud.create()
    assert 0 < pages(left) < had
    assert (left / LOG).stat().st_size == size
    assert mover._due == store_file.MIN_LOG


MUCH = 10_000
MOVES = {
    "a short log is not begun anew": ([("PASSIVE", 0, 4_000)], True),
    "what was written meanwhile is moved until that is little": (
        [("PASSIVE", 0, MUCH), ("PASSIVE", 0, MUCH + 900), ("PASSIVE", 0, MUCH + 1_000), ("RESTART", 0, MUCH + 1_010)],
        True,
    ),
    "who commits is in the way a few times": (
        [("PASSIVE", 0, MUCH), ("PASSIVE", 0, MUCH + 50), ("RESTART", 1, MUCH + 90), ("RESTART", 0, MUCH + 120)],
        True,
    ),
    "much is written between the tries": (
        [
            ("PASSIVE", 0, MUCH),
            ("PASSIVE", 0, MUCH + 50),
            ("RESTART", 1, MUCH + 900),
            ("PASSIVE", 0, MUCH + 950),
            ("RESTART", 0, MUCH + 960),
        ],
        True,
    ),
    "it never becomes little": ([("PASSIVE", 0, MUCH + 300 * number) for number in range(5)], True),
    "and is very long by now": (
        [*(("PASSIVE", 0, 5_000 * number) for number in range(1, 6)), ("RESTART", 0, 25_500)],
        True,
    ),
    "a reader is in the way": ([("PASSIVE", 1, 4_000)], False),
    "a reader is in the way of a long one": ([("PASSIVE", 1, MUCH + number * 300) for number in range(5)], False),
}


@pytest.mark.parametrize(("checkpoints", "is_moved"), MOVES.values(), ids=list(MOVES))
def test_how_a_log_is_moved_while_others_write(left, monkeypatch, checkpoints, is_moved):
    left_over = list(checkpoints)

    def checkpoint(_connection: sqlite3.Connection, how: str) -> tuple[int, int, int]:
        expected, busy, there = left_over.pop(0)
        assert how == expected
        return busy, there, there

    monkeypatch.setattr(log_mover, "TRIES", 4)
    monkeypatch.setattr(log_mover, "LONGEST_LOG", 20_000 * store_file.PAGE)
    monkeypatch.setattr(log_mover, "_checkpoint", checkpoint)

    assert log_mover.move(left / FILE) == is_moved
    assert left_over == []


def test_a_full_disk_under_a_move_loses_nothing(left, tmp_path, monkeypatch):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "sqlite3", SimpleNamespace(Error=sqlite3.Error, connect=no_room))
    mover._due = 0
    cloud.create()
    mover.wait()

    shutil.copytree(left, copy := tmp_path / "copy")
    assert count(start(copy)) == CREATED + 1


def test_where_no_thread_can_be_started_the_commit_is_made_and_the_log_moved_at_the_end(left, monkeypatch):
    def no_more(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    cloud = start(left)
    monkeypatch.setattr(threading.Thread, "start", no_more)
    cloud.emulator.store.rows._mover._due = 0
    cloud.create()

    cloud.emulator.close()
    assert not (left / LOG).exists()
    assert count(start(left)) == CREATED + 1


def test_a_move_that_meets_a_reader_moves_what_it_can_and_seals_nothing(left):
    cloud = start(left)
    sealed = read_count(left / COUNT)[1]
    reader = sqlite3.connect(left / FILE, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM kept").fetchone()[0]
    create_and_move(cloud)

    assert read_count(left / COUNT)[1] == sealed
    reader.close()
    create_and_move(cloud)
    assert read_count(left / COUNT)[1] != sealed


def test_who_commits_waits_for_the_other_connection_but_not_for_ever(left, monkeypatch):
    cloud = start(left)
    other = sqlite3.connect(left / FILE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def lets_go(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            other.execute("COMMIT")

    monkeypatch.setattr(sqlite_rows, "sleep", lets_go)
    cloud.create()
    assert len(waited) == 3

    monkeypatch.setattr(sqlite_rows, "WAIT", 0)
    other.execute("BEGIN IMMEDIATE")
    refused = cloud.call("POST", "/v2/instanceBySpec", ORDER)
    assert (refused.status, refused.code) == (500, "InternalError")
    assert "database is locked" in refused.headers["x-bce-emulator-explain"]
    other.close()
    assert count(cloud) == CREATED + 1
