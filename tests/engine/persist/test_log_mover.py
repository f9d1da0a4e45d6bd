"""The log of SQLite is moved while others commit: nothing is lost, and what is sealed is in the file."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.observe.faults import FaultInjection
from bce_emulator.engine.persist import log_mover, sqlite_rows, store, store_file
from bce_emulator.engine.persist import tracker as store_tracker
from bce_emulator.engine.persist.rows import Changes
from bce_emulator.engine.persist.store_file import COUNT, FILE, LOG, read_count
from bce_emulator.services.bcc.instance.resource import Instance
from tests.cloud import Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control, state
from tests.engine.persist.stores import (
    CREATED,
    ORDER,
    count,
    create_in_one_commit,
    instances,
    look_fails,
    restarted,
    start,
)


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
    monkeypatch.setattr(log_mover, "move", lambda *_: tried.append((left / LOG).stat().st_size))
    while len(tried) < 2:
        create_in_one_commit(cloud)
        mover.wait()

    monkeypatch.undo()
    assert tried[0] > 20_000
    assert tried[1] - tried[0] > 20_000
    cloud.emulator.close()
    assert count(start(left)) > CREATED


def test_what_commits_write_is_summed_up_till_it_is_much(left, monkeypatch):
    mover = log_mover.LogMover(left / FILE, lambda _connection: None)
    moved: list[int] = []
    monkeypatch.setattr(mover, "_due", 2 * log_mover.PAGE)
    monkeypatch.setattr(mover, "_move", moved.append)

    for number in range(1, 4):
        mover.look(number, pages=1)
        mover.wait()

    assert moved == [3]


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


@pytest.mark.parametrize("is_long", [False, True], ids=["a short one", "a long one"])
def test_a_log_is_begun_anew_in_its_place_after_all_of_it_was_moved(left, monkeypatch, is_long):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "MAX_LOG", 0 if is_long else 1 << 30)
    cloud.create()
    size = (left / LOG).stat().st_size
    mover._due = 0
    mover.look(read_count(left / COUNT)[0], 1)
    mover.wait()

    assert int(read_count(left / COUNT)[1].split()[1]) == read_count(left / COUNT)[0]
    assert pages(left) == 1
    assert (left / LOG).stat().st_size == size
    assert mover._due == store_file.MIN_LOG
    cloud.create()
    assert count(start(shutil.copytree(left, f"{left}-copy"))) == CREATED + 2


def test_a_log_is_not_begun_anew_over_what_somebody_has_committed_since_it_was_moved(left):
    cloud = start(left)
    with closing(sqlite3.connect(left / FILE, isolation_level=None, timeout=0)) as connection:
        before = log_mover._version(connection)
        log_mover._checkpoint(connection, "PASSIVE")
        cloud.create()
        had = pages(left)

        assert not log_mover._is_begun_anew(connection, before)
        assert pages(left) == had > 1
        assert log_mover._is_begun_anew(connection, log_mover._version(connection))
        assert pages(left) == 1

        with closing(sqlite3.connect(left / FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not log_mover._is_begun_anew(connection, log_mover._version(connection))
    cloud.emulator.close()
    assert count(start(left)) == CREATED + 1


MUCH = 10_000
LONGEST = 20_000
HOLDS, ANEW, LATE = ("hold up", 0, 0), ("begin anew", 1, 0), ("begin anew", 0, 0)
MOVES = {
    "others write while a short one is moved": ([("PASSIVE", 0, 4_000), ("write", 0, 0)], True),
    "nobody writes while a short one is moved": ([("PASSIVE", 0, 4_000), HOLDS, ("PASSIVE", 0, 4_000), ANEW], True),
    "somebody does then": ([("PASSIVE", 0, 4_000), HOLDS, ("PASSIVE", 0, 4_020), LATE], True),
    "what was written meanwhile is moved until that is little": (
        [
            *[("PASSIVE", 0, MUCH), ("PASSIVE", 0, MUCH + 900), ("PASSIVE", 0, MUCH + 1_000)],
            *[HOLDS, ("PASSIVE", 0, MUCH + 1_010), ANEW],
        ],
        True,
    ),
    "it never becomes little": (
        [*(("PASSIVE", 0, MUCH + 300 * number) for number in range(5)), HOLDS, ("PASSIVE", 0, MUCH + 1_300), LATE],
        True,
    ),
    "and is very long by now": (
        [
            *(("PASSIVE", 0, 5_000 * number) for number in range(1, 6)),
            *[HOLDS, ("PASSIVE", 0, 25_200), LATE, ("RESTART", 0, 25_500)],
        ],
        True,
    ),
    "a very long one is begun anew without force": (
        [("PASSIVE", 0, LONGEST + 1), ("PASSIVE", 0, LONGEST + 2), HOLDS, ("PASSIVE", 0, LONGEST + 2), ANEW],
        True,
    ),
    "a reader is in the way": ([("PASSIVE", 1, 4_000), HOLDS, ("PASSIVE", 1, 4_000)], False),
    "a reader is in the way of a very long one": (
        [
            *[("PASSIVE", 1, LONGEST + 1), ("PASSIVE", 1, LONGEST + 2)],
            *[HOLDS, ("PASSIVE", 1, LONGEST + 2), ("RESTART", 1, LONGEST + 2)],
        ],
        False,
    ),
}


@pytest.mark.parametrize(("expected", "is_moved"), MOVES.values(), ids=list(MOVES))
def test_how_a_log_is_moved_while_others_write(left, monkeypatch, expected, is_moved):
    left_over = list(expected)

    def done(what: str) -> tuple[int, int]:
        expected, *told = left_over.pop(0)
        assert what == expected
        return tuple(told)

    def checkpoint(_connection: sqlite3.Connection, how: str) -> tuple[int, int, int]:
        busy, there = done(how)
        return 0, there, there - busy

    def version(_connection: sqlite3.Connection) -> int:
        if left_over and left_over[0][0] == "write":
            done("write")
            return 2
        return 1

    monkeypatch.setattr(log_mover, "TRIES", 4)
    monkeypatch.setattr(log_mover, "LONGEST_LOG", LONGEST * store_file.PAGE)
    monkeypatch.setattr(log_mover, "_checkpoint", checkpoint)
    monkeypatch.setattr(log_mover, "_version", version)
    monkeypatch.setattr(log_mover, "_is_begun_anew", lambda *_: bool(done("begin anew")[0]))

    assert log_mover.move(left / FILE, lambda: done("hold up")) == is_moved
    assert left_over == []


def test_who_moves_the_log_goes_on_when_somebody_has_asked_whether_he_may_write_or_nobody_does(left, monkeypatch):
    mover = start(left).emulator.store.rows._mover
    assert mover.until_free() is None
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 60)
    held_up = threading.Thread(target=mover._hold_up)
    held_up.start()
    while (awaited := mover.until_free()) is None:
        assert held_up.is_alive()
    held_up.join(30)

    assert not held_up.is_alive()
    assert mover.until_free() is awaited
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    mover._hold_up()
    mover._move(read_count(left / COUNT)[0])
    assert mover.until_free() is None


def test_who_writes_does_not_wait_for_ever(left, monkeypatch):
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    monkeypatch.setattr(log_mover, "WAIT", 0)
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    mover._hold_up()

    assert mover.until_free() is None
    cloud.create()
    assert not mover._free.is_set()


def test_who_writes_waits_while_the_log_is_begun_anew_and_nobody_else(left, monkeypatch):
    cloud = start(left)
    control(cloud, "PUT", "clock", {"frozen": True})
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)

    async def run(clients: Clients) -> None:
        await clients.call("GET", "/v2/zone", access_key="test-reader")
        await clients.call("POST", "/v2/instanceBySpec", ORDER, "test-behind")
        clock = cloud.emulator.accounts.open("test-behind").clock
        clock.move(clock.now() + 600)
        mover._hold_up()
        writes = {
            "a look at what something has happened to": clients.call("GET", "/v2/instance", access_key="test-behind"),
            "a reader's first call": clients.call("GET", "/v2/zone", access_key="test-new"),
            "an order": clients.call("POST", "/v2/instanceBySpec", ORDER, "test-one"),
            "an order in steps": clients.call("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 30}, "test-two"),
            "a control call": clients.control("PUT", "clock?account=test-three", {"pace": 2}),
            "a clock": clients.control("POST", "clock/advance", {"seconds": 600}),
        }
        tasks = {name: asyncio.create_task(call) for name, call in writes.items()}
        number = read_count(left / COUNT)[0]
        for _ in range(200):
            assert (await clients.call("GET", "/v2/zone", access_key="test-reader")).status_code == 200
            await asyncio.sleep(0)
        assert [name for name, task in tasks.items() if task.done()] == []
        assert read_count(left / COUNT)[0] == number
        mover._free.set()
        assert {name: (await task).status_code for name, task in tasks.items()} == dict.fromkeys(writes, 200)

    together(cloud, run)

    assert mover.until_free() is None
    again = restarted(cloud)
    assert (len(instances(again, "test-one")), len(instances(again, "test-two"))) == (1, 30)
    assert {each["status"] for each in again.ok("GET", "/v2/instance")["instances"]} == {"Running"}


def test_who_reads_what_is_not_kept_yet_waits_too(left, monkeypatch):
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    cloud = start(left)
    instance_id = cloud.create()
    mover = cloud.emulator.store.rows._mover

    async def run(clients: Clients) -> None:
        await clients.call("GET", "/v2/zone", access_key="test-reader")
        account = cloud.emulator.accounts.open("test").in_region("bj")
        account.get(Instance, instance_id).name = "changed"
        mover._hold_up()
        number = read_count(left / COUNT)[0]
        reading = asyncio.create_task(clients.call("GET", f"/v2/instance/{instance_id}"))
        for _ in range(50):
            assert (await clients.call("GET", "/v2/zone", access_key="test-reader")).status_code == 200
        assert not reading.done()
        assert read_count(left / COUNT)[0] == number
        mover._free.set()
        assert (await reading).json()["instance"]["name"] == "changed"

    together(cloud, run)

    again = restarted(cloud)
    assert again.ok("GET", f"/v2/instance/{instance_id}")["instance"]["name"] == "changed"


def test_what_a_read_counts_is_kept_at_once(left, monkeypatch):
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    cloud = start(left)
    console = f"/v2/instance/{cloud.create()}/vnc"
    control(cloud, "PUT", "clock", {"frozen": True})
    control(cloud, "POST", "clock/advance", {"until": "idle"})
    mover = cloud.emulator.store.rows._mover
    mover._hold_up()

    shown = cloud.ok("GET", console)
    assert mover.until_free() is not None

    again = restarted(cloud)
    assert again.ok("GET", console) != shown


def test_who_cannot_wait_has_what_waits_done_at_once(left, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    cloud = start(left)
    cloud.ok("GET", "/v2/zone")
    mover = cloud.emulator.store.rows._mover
    asked, until_free = 0, mover.until_free

    def counted() -> Any:
        nonlocal asked
        asked += 1
        return until_free()

    async def run(clients: Clients) -> None:
        order = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 30}))
        await until(lambda: "test" in cloud.emulator.accounts.work)
        mover._hold_up()
        monkeypatch.setattr(mover, "until_free", counted)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not order.done()
        assert (await clients.control("GET", "accounts")).status_code == 200
        assert asked < 50
        monkeypatch.undo()
        mover._free.set()
        assert (await order).status_code == 200

    together(cloud, run)


def test_who_goes_on_after_a_planned_delay_waits_too(left, monkeypatch):
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    cloud = start(left)
    cloud.ok("GET", "/v2/zone")
    mover, waited = cloud.emulator.store.rows._mover, []

    async def delayed(wait: FaultInjection) -> None:
        wait._count()
        mover._hold_up()
        waited.append(read_count(left / COUNT)[0])

    monkeypatch.setattr(FaultInjection, "wait", delayed)
    plan = {"operation": "bcc.CreateInstanceBySpec", "delaySeconds": 5}
    assert control(cloud, "POST", "faults", plan).status == 200

    async def run(clients: Clients) -> None:
        await clients.call("GET", "/v2/zone", access_key="test-reader")
        order = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", ORDER))
        await until(lambda: bool(waited))
        for _ in range(50):
            assert (await clients.call("GET", "/v2/zone", access_key="test-reader")).status_code == 200
        assert not order.done()
        assert [read_count(left / COUNT)[0]] == waited
        mover._free.set()
        assert (await order).status_code == 200

    together(cloud, run)

    assert count(restarted(cloud)) == CREATED + 1


def test_what_is_left_over_is_removed_when_the_log_is_free_and_nobody_waits_for_that(left, monkeypatch):
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    cloud = start(left)
    store, mover = cloud.emulator.store, cloud.emulator.store.rows._mover
    keep_all = store.keep_all

    def keep_and_hold_up(names: Any = None) -> tuple[()]:
        kept = keep_all(names)
        if store._leftovers:
            mover._hold_up()
        return kept

    async def run(clients: Clients) -> None:
        monkeypatch.setattr(store, "keep_all", keep_and_hold_up)
        calls = clients.control("POST", "reset?account=test"), clients.control("GET", "clock?account=test-reader")
        assert [each.status_code for each in await asyncio.gather(*calls)] == [200, 200]
        assert store._leftovers
        monkeypatch.undo()
        mover._free.set()
        assert (await clients.control("GET", "clock")).status_code == 200

    together(cloud, run)

    assert not store._leftovers


def test_what_is_not_emulated_is_refused_at_once_meanwhile(missing, left, monkeypatch):
    cloud = start(left)
    cloud.ok("GET", "/v2/zone")
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    mover._hold_up()

    async def run(clients: Clients) -> None:
        answer = await asyncio.wait_for(clients.call("GET", "/v2/instance/i-nobody00/vnc"), 30)
        assert (answer.status_code, answer.json()["code"]) == (501, "NotImplemented")

    together(cloud, run)
    mover._free.set()


UNDER_WAY = {
    "an order in steps": ("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 30}),
    "the clock": ("POST", "/_emulator/clock/advance", {"seconds": 600}),
    "a document": ("PUT", "/_emulator/state?account=test", None),
    "a fork": ("POST", "/_emulator/state/fork", {"from": "test-more", "to": "test"}),
}


@pytest.mark.parametrize(("method", "target", "body"), UNDER_WAY.values(), ids=list(UNDER_WAY))
def test_what_is_under_way_waits_before_it_writes_too(left, monkeypatch, method, target, body):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(log_mover, "QUIET_SECONDS", 0)
    for module in (store, store_tracker):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    cloud = start(left)
    cloud.access_key = "test-more"
    cloud.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 5})
    body = state(cloud, "test-more") if method == "PUT" else body
    cloud.access_key = "test"
    cloud.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 5})
    rows = cloud.emulator.store.rows
    mover, commit, begun = rows._mover, rows.commit, []

    def commit_and_hold_up(changes: Changes) -> list[str]:
        begun.append(mover._free.is_set())
        swept = commit(changes)
        mover._hold_up()
        return swept

    async def run(clients: Clients) -> None:
        await clients.call("GET", "/v2/zone", access_key="test-reader")
        monkeypatch.setattr(rows, "commit", commit_and_hold_up)
        if target.startswith("/_emulator/"):
            call = clients.control(method, target.removeprefix("/_emulator/"), body)
        else:
            call = clients.call(method, target, body)
        task = asyncio.create_task(call)
        while not task.done():
            if not mover._free.is_set():
                for _ in range(20):
                    assert (await clients.call("GET", "/v2/zone", access_key="test-reader")).status_code == 200
                    await asyncio.sleep(0)
                mover._free.set()
            await asyncio.to_thread(int)  # the thread that waits for the mover gets its turn
        assert (await task).status_code == 200

    together(cloud, run)

    assert len(begun) > 3
    what_a_control_call_keeps_at_once = 2 if target.startswith("/_emulator/") else 0
    assert begun.count(False) <= what_a_control_call_keeps_at_once


def test_a_full_disk_under_a_move_loses_nothing(left, tmp_path, monkeypatch):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "sqlite3", SimpleNamespace(Error=sqlite3.Error, connect=no_room))
    sealed = read_count(left / COUNT)[1]
    mover._due = 0
    cloud.create()
    mover.wait()

    assert read_count(left / COUNT)[1] == sealed
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
