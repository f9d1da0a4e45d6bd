"""The log of SQLite is moved while others commit: nothing is lost, and what is sealed is in the file."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from types import SimpleNamespace
from typing import Any

from bce_emulator.engine.persist import log_mover, store_file
from bce_emulator.engine.persist.store_file import COUNT, FILE, LOG, read_count
from tests.engine.persist.stores import CREATED, count, look_fails, start


def no_room(*_: object, **_named: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_a_log_that_cannot_be_moved_stays_and_is_tried_again_when_it_is_larger(left, monkeypatch):
    monkeypatch.setattr(store_file, "MIN_LOG", 20_000)
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    tried = []
    monkeypatch.setattr(log_mover, "move", lambda *_: tried.append(mover._size))
    while len(tried) < 2:
        cloud.create()
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


def test_a_log_begins_anew_after_all_of_it_was_moved_and_is_emptied_where_somebody_always_writes(left, monkeypatch):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    for empties in (False, True):
        cloud.create()
        size = mover._size
        monkeypatch.setattr(log_mover, "MAX_LOG", 0 if empties else size)
        mover._due = 0
        mover.look(read_count(left / COUNT)[0])
        mover.wait()

        assert (left / LOG).stat().st_size == (0 if empties else size)
        cloud.create()
        assert 0 < mover._size < size
        assert mover._due == store_file.MIN_LOG


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
    mover = cloud.emulator.store.rows._mover
    sealed = read_count(left / COUNT)[1]
    reader = sqlite3.connect(left / FILE, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM kept").fetchone()[0]
    mover._due = 0
    cloud.create()
    mover.wait()

    assert read_count(left / COUNT)[1] == sealed
    reader.close()
    mover._due = 0
    cloud.create()
    mover.wait()
    assert read_count(left / COUNT)[1] != sealed
