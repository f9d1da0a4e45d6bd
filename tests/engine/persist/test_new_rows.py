"""The rows of a large order are written some at a time, and count when the last are: a kill before leaves nothing of it."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.persist import sqlite_rows, store, tracker
from bce_emulator.engine.persist.rows import NUMBERS
from bce_emulator.services.bcc.volume.resource import Volume
from tests.cloud import LINUX, SPEC, Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control, state
from tests.disks import new_volume
from tests.engine.persist.stores import start, started, without_lapsed

POSTPAID = {"billing": {"paymentTiming": "Postpaid"}}
ORDER = {"spec": SPEC, "imageId": LINUX, "purchaseCount": 10} | POSTPAID
SLICE, ALL = 7, 30


@pytest.fixture(autouse=True)
def _small(monkeypatch) -> None:
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    for module in (sqlite_rows, store, tracker):
        monkeypatch.setattr(module, "AT_ONCE", SLICE)


@pytest.fixture
def cloud(tmp_path) -> Cloud:
    """An account that is on disk, of which something has gone."""
    cloud = started(str(tmp_path / "state"))
    new_volume(cloud)
    cloud.ok("POST", f"/v2/volume/{new_volume(cloud)}", {})
    control(cloud, "PUT", "clock", {})
    return cloud


def rows(cloud: Cloud, *kinds: str) -> list[tuple[str, ...]]:
    """What an account has in the file, as a start would find it."""
    read = steps.at_once(cloud.emulator.store.rows.of("test/1"))
    return sorted((key[1:], text) for key, text in read if not kinds or key[2] in kinds)


def ordered(cloud: Cloud, tmp_path: Path) -> list[Path]:
    """What a kill leaves of the directory after each transaction of an order."""
    left: list[Path] = []
    commit = cloud.emulator.store.rows.commit
    written: list[int] = []

    def committed(changes):
        answer = commit(changes)
        if own := [key for key in (*changes.write, *changes.delete) if key[0].startswith("test/")]:
            left.append(tmp_path / f"left-{len(left)}")
            written.append(len(own))
            shutil.copytree(tmp_path / "state", left[-1])
        return answer

    cloud.emulator.store.rows.commit = committed

    async def run(clients: Clients) -> None:
        answered, served = await clients.meanwhile(clients.call("POST", "/v2/instanceBySpec", ORDER))
        assert (answered.status_code, served > len(left)) == (200, True)

    together(cloud, run)
    del cloud.emulator.store.rows.commit
    assert sum(written) >= ALL
    assert max(written) <= SLICE + 2
    return left


def test_a_kill_between_the_transactions_leaves_nothing_that_anybody_sees_or_that_stays(cloud, tmp_path):
    before, on_disk = state(cloud), rows(cloud)
    twin = start(shutil.copytree(tmp_path / "state", tmp_path / "twin"))
    new_volume(twin)

    *killed, whole = ordered(cloud, tmp_path)

    assert len(killed) >= ALL // SLICE
    for number, directory in enumerate(killed):
        again = start(directory)
        assert len(rows(again)) == len(on_disk) + min(SLICE * (number + 1), ALL)
        assert without_lapsed(state(again)) == without_lapsed(before)
        new_volume(again)
        assert again.ok("GET", "/v2/volume") == twin.ok("GET", "/v2/volume")
        assert [row for row in rows(again) if row[0][1] != NUMBERS] == [
            row for row in rows(twin) if row[0][1] != NUMBERS
        ]
        again.emulator.close()
    assert state(start(whole)) == state(cloud) != before


def test_a_disk_that_is_full_in_the_middle_has_the_order_refused_and_nothing_made(cloud):
    before = state(cloud)
    commit, count = cloud.emulator.store.rows.commit, 0

    def committed(changes):
        nonlocal count
        count += 1
        cloud.emulator.store.rows._connection.execute(f"PRAGMA query_only = {int(count >= 3)}")
        return commit(changes)

    cloud.emulator.store.rows.commit = committed

    async def run(clients: Clients) -> None:
        refused = await clients.call("POST", "/v2/instanceBySpec", ORDER)
        assert (refused.status_code, refused.json()["code"]) == (500, InternalError.code)

    together(cloud, run)
    del cloud.emulator.store.rows.commit
    cloud.emulator.store.rows._connection.execute("PRAGMA query_only = 0")

    assert without_lapsed(state(cloud)) == without_lapsed(before)
    assert len(cloud.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"]) == 10


def test_what_somebody_changes_who_cannot_wait_is_written_again(cloud, tmp_path):
    async def run(clients: Clients) -> None:
        known = len(rows(cloud))
        order = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", ORDER))
        await until(lambda: len(rows(cloud)) > known)
        region = cloud.emulator.accounts.open("test").in_region("bj")
        newest = list(region.all(Volume))[-1]
        assert newest.name != "changed"
        newest.name = "changed"
        assert (await order).status_code == 200

    together(cloud, run)

    again = start(shutil.copytree(tmp_path / "state", tmp_path / "left"))
    assert state(again) == state(cloud)
    assert [each["name"] for each in again.ok("GET", "/v2/volume")["volumes"]].count("changed") == 1


def test_the_first_order_in_a_region_leaves_no_part_of_the_region(tmp_path):
    cloud = started(str(tmp_path / "state"))
    before = state(cloud)
    assert rows(cloud) == [(("", "(common)", ""), rows(cloud)[0][1])]

    *killed, whole = ordered(cloud, tmp_path)

    assert len(killed) >= ALL // SLICE
    for directory in killed:
        again = start(directory)
        assert len(rows(again)) > 1
        assert without_lapsed(state(again)) == without_lapsed(before)
        again.ok("GET", "/v2/instance")
        new_volume(again)
        assert len(rows(again, "bcc.Volume")) == 1
    assert state(start(whole)) == state(cloud)


def test_the_first_order_of_an_account_is_written_ahead_of_it(tmp_path):
    cloud = Cloud(state=str(tmp_path / "state"), freeze=False)
    assert "test" not in cloud.emulator.accounts

    *killed, whole = ordered(cloud, tmp_path)

    assert len(killed) >= ALL // SLICE
    for directory in killed:
        assert "test" not in start(directory).emulator.accounts
    assert len(start(whole).ok("GET", "/v2/instance")["instances"]) == 10


def test_where_there_is_little_all_is_one_transaction(cloud):
    commits: list[int] = []
    commit = cloud.emulator.store.rows.commit
    cloud.emulator.store.rows.commit = lambda changes: commits.append(len(changes.write)) or commit(changes)

    together(cloud, lambda clients: clients.call("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 2}))

    assert len(commits) == 1


def test_the_same_order_again_after_a_kill_is_kept_though_its_rows_have_the_same_keys(cloud, tmp_path):
    killed = ordered(cloud, tmp_path)[1]
    again = start(killed)

    together(again, lambda clients: clients.call("POST", "/v2/instanceBySpec", ORDER))

    read = start(shutil.copytree(killed, tmp_path / "after"))
    assert state(read) == state(again)
    assert len(read.ok("GET", "/v2/instance")["instances"]) == 10
