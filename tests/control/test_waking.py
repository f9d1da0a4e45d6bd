"""An account that is only on disk is read in slices, between which others are served; shown by the order of events."""

from __future__ import annotations

import asyncio

import pytest

from bce_emulator.engine import steps
from tests.cloud import Cloud
from tests.control.test_slices import ORDER, Clients, together, until
from tests.control.test_state import control
from tests.engine.persist.stores import file_of, started
from tests.engine.persist.test_damaged_stores import mark_misfit


@pytest.fixture
def directory(tmp_path, monkeypatch) -> str:
    """Ten instances of an account that is only on disk, and slices as small as they can be."""
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    directory = str(tmp_path / "state")
    cloud = started(directory)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    cloud.emulator.close()
    return directory


def asleep(directory: str) -> tuple[Cloud, list[str]]:
    """An emulator that has read nothing yet, and which accounts it reads from now on."""
    cloud = Cloud("test", state=directory, freeze=False)
    accounts = cloud.emulator.accounts
    assert list(accounts.asleep) == ["test"]
    read, names = accounts.read, []

    def noted(name: str):
        names.append(name)
        return read(name)

    accounts.read = noted
    return cloud, names


CALLS = {
    "a call": lambda clients: clients.call("GET", "/v2/instance"),
    "a control call": lambda clients: clients.control("GET", "clock"),
    "a control call about all": lambda clients: clients.control("GET", "faults?account=*"),
    "fork": lambda clients: clients.control("POST", "state/fork", {"from": "test", "to": "test-2"}),
    "further keys": lambda clients: clients.control("POST", "accounts", {"account": "test"}),
}


@pytest.mark.parametrize("name", CALLS)
def test_others_are_served_while_an_account_is_read(directory, name):
    cloud, read = asleep(directory)
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        waits = [asyncio.create_task(CALLS[name](clients)) for _ in range(2)]
        while "test" in cloud.emulator.accounts.asleep:
            assert (await clients.call("GET", "/v2/zone", access_key="test-other")).status_code == 200
            assert not any(each.done() for each in waits if "test" in cloud.emulator.accounts.asleep)
            served += bool(cloud.emulator.accounts.being_read)
            await asyncio.sleep(0)
        assert [each.status_code for each in await asyncio.gather(*waits)] == [200, 200]

    together(cloud, run)

    assert served >= 2
    assert read == ["test"]
    assert not cloud.emulator.accounts.being_read
    assert len(cloud.ok("GET", "/v2/instance")["instances"]) == 10


def test_an_account_that_cannot_be_read_is_refused_to_all_who_wait_for_it(directory):
    mark_misfit(file_of(directory))
    cloud, read = asleep(directory)

    async def run(clients: Clients) -> None:
        waits = [clients.call("GET", "/v2/instance"), clients.call("GET", "/v2/zone"), clients.control("GET", "clock")]
        assert [each.status_code for each in await asyncio.gather(*waits)] == [500, 500, 500]
        assert (await clients.call("GET", "/v2/zone", access_key="test-other")).status_code == 200

    together(cloud, run)

    assert 1 <= len(read) <= 3
    assert list(cloud.emulator.accounts.asleep) == ["test"]
    assert not cloud.emulator.accounts.being_read


def test_an_account_that_is_reset_while_it_is_read_stays_so(directory):
    cloud, read = asleep(directory)

    async def run(clients: Clients) -> None:
        waits = asyncio.create_task(clients.call("GET", "/v2/instance"))
        await until(lambda: bool(read))
        assert (await clients.control("POST", "reset?account=*")).status_code == 200
        assert (await waits).json()["instances"] == []

    together(cloud, run)

    assert read == ["test"]
    assert control(cloud, "GET", "state").status == 200
    assert cloud.ok("GET", "/v2/instance")["instances"] == []


def test_who_cannot_wait_reads_the_rest_at_once(directory):
    cloud, read = asleep(directory)

    async def run(clients: Clients) -> None:
        waits = asyncio.create_task(clients.call("GET", "/v2/instance"))
        await until(lambda: bool(read))
        account = cloud.emulator.accounts.get("test")
        assert len((await waits).json()["instances"]) == 10
        assert cloud.emulator.accounts.get("test") is account

    together(cloud, run)

    assert read == ["test"]


def test_a_client_that_goes_away_leaves_the_reading_to_the_others(directory):
    cloud, read = asleep(directory)

    async def run(clients: Clients) -> None:
        goes, stays = (asyncio.create_task(clients.call("GET", "/v2/instance")) for _ in range(2))
        await until(lambda: bool(read))
        goes.cancel()
        assert len((await stays).json()["instances"]) == 10

    together(cloud, run)

    assert read == ["test"]
    assert steps.Turn.at_work == 0
