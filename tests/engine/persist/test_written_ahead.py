"""A large account is written and removed in slices: others go on meanwhile, and whatever stops it leaves what was there."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.persist import sqlite_rows, store, tracker
from bce_emulator.engine.persist.rows import Key
from bce_emulator.engine.persist.store_file import crc_of
from tests.cloud import LINUX, NOW, SPEC, Cloud
from tests.control.test_slices import ORDER, Clients, together, until
from tests.control.test_state import control, state
from tests.engine.persist.stores import file_of, instances, started, without_lapsed
from tests.engine.persist.test_failing_writes import WRITE_FAILED, block

SEEDED = 30
ONE = ORDER | {"purchaseCount": 1}


@pytest.fixture
def small(monkeypatch) -> None:
    """Slices as small as they can be."""
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    for module in (sqlite_rows, store, tracker):
        monkeypatch.setattr(module, "AT_ONCE", 12)


@pytest.fixture
def filled(directory, small) -> Cloud:
    """Ten instances, and another account that is to become what this one is."""
    cloud = started(directory)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    control(cloud, "POST", "state/fork", {"from": "test", "to": "test-2"})
    control(cloud, "POST", "clock/advance?account=test-2", {"seconds": 600})
    for each in instances(cloud, "test")[:7]:
        control(cloud, "DELETE", f"instances/{each['id']}")
    control(cloud, "PUT", "clock", {})
    return cloud


def kinds(cloud: Cloud, generation: str) -> list[str]:
    """What kinds of rows a generation has."""
    asked = "SELECT kind FROM kept WHERE account = ? ORDER BY kind"
    return [kind for (kind,) in cloud.emulator.store.rows._connection.execute(asked, (generation,))]


def leftovers(cloud: Cloud) -> list[str]:
    """The generations that are not live, by what a start would find."""
    return cloud.emulator.store.rows.contents().leftovers


def generations(cloud: Cloud) -> set[str]:
    found = cloud.emulator.store.rows._connection.execute(
        "SELECT DISTINCT account FROM kept WHERE account LIKE 'test%'"
    )
    return {name for (name,) in found}


REPLACING: dict[str, Callable[[Clients, Any], Any]] = {
    "PUT state": lambda clients, document: clients.control("PUT", "state?account=test-2", document),
    "fork": lambda clients, _: clients.control("POST", "state/fork", {"from": "test", "to": "test-2"}),
}


class Kills:
    """What is on disk at each moment at which somebody else is served."""

    def __init__(self, cloud: Cloud) -> None:
        self._from = Path(cloud.emulator.settings.state)
        self.left: list[str] = []

    def take(self) -> None:
        self.left.append(f"{self._from}-{len(self.left)}")
        shutil.copytree(self._from, self.left[-1])


@pytest.mark.parametrize("name", REPLACING)
def test_others_are_served_and_their_changes_kept_meanwhile_and_a_kill_leaves_what_was_there(filled, name):
    document, before = state(filled), state(filled, "test-2")
    kills, ordered = Kills(filled), []

    async def run(clients: Clients) -> None:
        replacing = asyncio.create_task(REPLACING[name](clients, document))
        while not replacing.done():
            if leftovers(filled):
                ordered.append(await clients.call("POST", "/v2/instanceBySpec", ONE, access_key="test-other"))
                kills.take()
            await asyncio.sleep(0)
        assert replacing.result().status_code == 200

    together(filled, run)

    assert len(ordered) >= 6
    assert state(filled, "test-2") == document | {"account": "test-2"}
    seen = []
    for count, left in enumerate(kills.left, 1):
        again = Cloud(state=left, freeze=False)
        after = state(again, "test-2")["regions"]
        seen.append(after == before["regions"])
        assert seen[-1] or after == document["regions"]
        assert len(instances(again, "test-other")) == count
        control(again, "PUT", "clock", {})
        assert leftovers(again) == []
        assert len(generations(again)) == 3
        again.emulator.close()
    assert seen == sorted(seen, reverse=True)
    assert seen.count(True) >= 3
    assert leftovers(filled) == []


def test_requests_sweep_what_a_kill_has_left(filled):
    document, kills = state(filled), Kills(filled)

    async def run(clients: Clients) -> None:
        replacing = asyncio.create_task(REPLACING["PUT state"](clients, document))
        await until(lambda: any(len(kinds(filled, generation)) > 10 for generation in leftovers(filled)))
        kills.take()
        await replacing

    together(filled, run)
    again = Cloud("test-2", state=kills.left[0], freeze=False)
    (left,) = leftovers(again)
    assert len(kinds(again, left)) > 10

    for _ in range(20):
        again.ok("GET", "/v2/instance")

    assert leftovers(again) == []
    assert len(generations(again)) == 2
    assert len(again.ok("GET", "/v2/instance")["instances"]) == 10


@pytest.mark.parametrize("name", REPLACING)
def test_a_disk_that_is_full_in_the_middle_leaves_the_account_as_it_was(filled, name):
    document, before = state(filled), state(filled, "test-2")

    async def run(clients: Clients) -> None:
        replacing = asyncio.create_task(REPLACING[name](clients, document))
        await until(lambda: bool(leftovers(filled)))
        block(filled)
        refused = await replacing
        assert (refused.status_code, refused.json()["error"]) == (500, WRITE_FAILED)

    together(filled, run)

    assert without_lapsed(state(filled, "test-2")) == without_lapsed(before)
    block(filled, blocked=False)
    control(filled, "PUT", "clock", {})
    assert leftovers(filled) == []
    assert without_lapsed(state(filled, "test-2")) == without_lapsed(before)
    assert len(generations(filled)) == 2


def test_a_disk_that_is_full_when_the_account_takes_its_place_leaves_what_was_there(filled, monkeypatch):
    document, before = state(filled), state(filled, "test-2")
    write = filled.emulator.store._write

    def blocked(names: list[str], *, common: bool) -> None:
        block(filled)
        write(names, common=common)

    monkeypatch.setattr(filled.emulator.store, "_write", blocked)
    refused = control(filled, "PUT", "state?account=test-2", document)
    monkeypatch.undo()
    block(filled, blocked=False)

    assert (refused.status, refused.body["error"]) == (500, WRITE_FAILED)
    assert without_lapsed(state(filled, "test-2")) == without_lapsed(before)
    control(filled, "PUT", "clock", {})
    assert leftovers(filled) == []
    assert len(generations(filled)) == 2


def test_a_client_that_goes_away_in_the_middle_leaves_nothing(filled):
    document, before = state(filled), state(filled, "test-2")

    async def run(clients: Clients) -> None:
        replacing = asyncio.create_task(REPLACING["PUT state"](clients, document))
        await until(lambda: bool(leftovers(filled)))
        replacing.cancel()
        await asyncio.gather(replacing, return_exceptions=True)

    together(filled, run)
    control(filled, "PUT", "clock", {})

    assert leftovers(filled) == []
    assert without_lapsed(state(filled, "test-2")) == without_lapsed(before)


def test_of_two_that_replace_an_account_at_the_same_time_one_is_there_and_nothing_of_the_other(filled):
    document = state(filled)

    async def run(clients: Clients) -> None:
        calls = [REPLACING[name](clients, document) for name in ("PUT state", "fork", "PUT state")]
        assert [each.status_code for each in await asyncio.gather(*calls)] == [200] * 3

    together(filled, run)

    assert state(filled, "test-2") == document | {"account": "test-2"}
    assert leftovers(filled) == []
    assert len(generations(filled)) == 2
    again = Cloud(state=str(shutil.copytree(filled.emulator.settings.state, f"{filled.emulator.settings.state}-left")))
    assert state(again, "test-2")["regions"] == document["regions"]


def test_what_is_changed_of_an_account_after_it_was_written_ahead_is_kept(filled):
    control(filled, "PUT", "state?account=test-2", state(filled))
    filled.access_key = "test-2"
    (there, *_) = instances(filled, "test-2")
    filled.ok("POST", "/v2/instanceBySpec", ORDER)
    control(filled, "DELETE", f"instances/{there['id']}?account=test-2")
    after = state(filled, "test-2")

    filled.emulator.close()

    assert state(Cloud(state=filled.emulator.settings.state, freeze=False), "test-2") == after


def test_a_reset_to_a_large_seed_is_written_ahead(directory, small, tmp_path):
    seed = tmp_path / "seed.json"
    entries = [{"name": f"from-seed-{number}", "spec": SPEC, "imageId": LINUX} for number in range(SEEDED)]
    seed.write_text(json.dumps({"accounts": {"test": {"instances": entries}}}))
    cloud = started(directory, seed=str(seed))
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    kills = Kills(cloud)

    async def run(clients: Clients) -> None:
        reset = asyncio.create_task(clients.control("POST", "reset"))
        while not reset.done():
            if leftovers(cloud):
                kills.take()
            await asyncio.sleep(0)
        assert reset.result().status_code == 200

    together(cloud, run)

    counts = [len(instances(Cloud(state=left, freeze=False), "test")) for left in kills.left]
    assert counts == sorted(counts, reverse=True)
    assert set(counts) == {SEEDED + 10, SEEDED}
    assert leftovers(cloud) == []
    assert len(instances(cloud, "test")) == SEEDED


def test_a_clock_that_moves_on_is_kept_on_the_way_with_its_time(directory, small):
    cloud = started(directory)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    kills = Kills(cloud)

    async def run(clients: Clients) -> None:
        advance = asyncio.create_task(clients.control("POST", "clock/advance", {"seconds": 600}))
        while not advance.done():
            if cloud.clock.now() > NOW:
                kills.take()
            await asyncio.sleep(0)
        assert advance.result().status_code == 200

    together(cloud, run)

    after = state(cloud)
    assert len(kills.left) >= 3
    for left in kills.left:
        again = Cloud(state=left, freeze=False)
        assert control(again, "GET", "clock").body["now"] == iso(NOW + 600)
        found = state(again)
        assert found | {"clock": 0} == after | {"clock": 0}
        again.emulator.close()


def test_what_was_due_before_a_request_is_kept_before_the_request_is_handled_on(directory, small, monkeypatch):
    monkeypatch.setattr("bce_emulator.engine.http.dispatch.DUE_AT_ONCE", 1)
    cloud = started(directory)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    commits = []
    commit = cloud.emulator.store.rows.commit
    monkeypatch.setattr(
        cloud.emulator.store.rows, "commit", lambda changes: commits.append(len(changes.write)) or commit(changes)
    )

    async def run(clients: Clients) -> None:
        cloud.clock.move(NOW + 600)
        assert (await clients.call("GET", "/v2/instance")).status_code == 200

    together(cloud, run)

    assert len(commits) >= 10
    assert max(commits) <= 4


def test_a_file_of_the_format_before_has_accounts_that_are_generations_by_themselves(directory, small):
    cloud = started(directory)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    control(cloud, "POST", "accounts", {"accessKeyId": "made"})
    before = state(cloud)
    cloud.emulator.close()
    as_it_was(file_of(directory))

    again = Cloud(state=directory, freeze=False)

    assert state(again) == before
    again.ok("POST", "/v2/instanceBySpec", ORDER)
    assert control(again, "POST", "reset?account=*").status == 200
    assert leftovers(again) == []
    assert instances(again, "test") == []
    assert again.emulator.accounts.credentials["made"]
    assert kinds(again, "test") == []
    assert kinds(again, "made") == ["(credentials)"]


def as_it_was(file: Path) -> None:
    """Have the file be of format 4, which calls generations like their account."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for *key, text in connection.execute("SELECT account, region, kind, id, json FROM kept").fetchall():
            old: Key = (key[0].partition("/")[0], *key[1:])
            connection.execute(
                "UPDATE kept SET account = ?, crc = ? WHERE account = ? AND region = ? AND kind = ? AND id = ?",
                (old[0], crc_of(old, text), *key),
            )
        connection.execute("PRAGMA user_version = 4")
