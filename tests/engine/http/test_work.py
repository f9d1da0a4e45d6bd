"""An order of many goes in steps: others are served, its account waits, and it is made whole or not at all."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.errors import AccountLimitExceeded, InternalError, ServiceUnavailable
from bce_emulator.engine.persist import store as persist_store
from bce_emulator.services.bcc.instance.creation import create
from bce_emulator.testing import Server
from tests.cloud import LINUX, NOW, SPEC, Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control
from tests.engine.http.test_arrival import signed
from tests.engine.http.test_pipelining import responses
from tests.engine.persist.stores import fail, start, started

POSTPAID = {"billing": {"paymentTiming": "Postpaid"}}
COUNT = 12
ORDER = {"spec": SPEC, "imageId": LINUX, "purchaseCount": COUNT} | POSTPAID


@pytest.fixture(autouse=True)
def _small(monkeypatch) -> None:
    """An instance in each step, and others after each."""
    monkeypatch.setattr(steps, "SECONDS", 0.0)


@pytest.fixture(params=["in memory", "on disk"])
def cloud(request, tmp_path) -> Cloud:
    return Cloud() if request.param == "in memory" else started(str(tmp_path / "state"))


@pytest.fixture
def on_disk(tmp_path) -> Cloud:
    """An account that is on disk, with nothing in it."""
    cloud = started(str(tmp_path / "state"))
    cloud.ok("GET", "/v2/zone")
    return cloud


def made(cloud: Cloud) -> int:
    """How many instances there are right now, where nobody waits for anything."""
    account = cloud.emulator.accounts.by_name.get(cloud.access_key)
    regions = account.regions.values() if account is not None else ()
    return sum(len(each) for region in regions for kind, each in region.collections.items() if kind.prefix == "i")


def begun(cloud: Cloud, clients: Clients, target: str = "/v2/instanceBySpec") -> asyncio.Task:
    """An order that is under way as soon as others are served."""
    return asyncio.create_task(clients.call("POST", target, ORDER))


async def half_made(cloud: Cloud) -> None:
    await until(lambda: 2 <= made(cloud) < COUNT)


def test_others_are_served_meanwhile_and_who_asks_for_the_account_sees_all_of_it(cloud):
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        order = begun(cloud, clients)
        await half_made(cloud)
        listed = asyncio.create_task(clients.call("GET", "/v2/instance"))
        document = asyncio.create_task(clients.control("GET", "state"))
        while not order.done():
            assert (await clients.call("GET", "/v2/zone", access_key="test-other")).status_code == 200
            served += made(cloud) < COUNT
            await asyncio.sleep(0)
        ids = order.result().json()["instanceIds"]
        assert sorted(each["id"] for each in (await listed).json()["instances"]) == sorted(ids)
        kinds = (await document).json()["regions"]["bj"]["kinds"]
        assert [each["id"] for each in kinds["bcc.Instance"]["kept"]] == ids

    together(cloud, run)

    assert served >= 2
    assert len(set(cloud.ok("GET", "/v2/instance")["instances"][0])) > 1
    assert not cloud.emulator.accounts.work


def test_others_are_served_between_the_last_step_and_the_transaction(on_disk, monkeypatch):
    """However little the last steps took; the account itself waits till all is kept."""
    events: list[str] = []
    store = on_disk.emulator.store
    write_out, commit = on_disk.emulator.dispatcher.write_out, store.rows.commit

    def last_steps(name: str) -> steps.Steps[None]:
        monkeypatch.setattr(steps, "SECONDS", 3_600.0)
        for aside in write_out(name):
            if aside is steps.others_first:
                events.append("written out")
                asyncio.get_running_loop().call_soon(events.append, "others")
            yield aside

    def committed(changes):
        events.append("committed")
        return commit(changes)

    on_disk.emulator.dispatcher.write_out = last_steps
    monkeypatch.setattr(store.rows, "commit", committed)

    async def run(clients: Clients) -> None:
        assert (await begun(on_disk, clients)).status_code == 200

    together(on_disk, run)

    assert events[-3:] == ["written out", "others", "committed"]


def test_a_retry_meanwhile_gets_the_same_answer_and_nothing_is_made_twice(cloud):
    async def run(clients: Clients) -> None:
        orders = [begun(cloud, clients, "/v2/instanceBySpec?clientToken=one") for _ in range(3)]
        await half_made(cloud)
        orders.append(begun(cloud, clients, "/v2/instanceBySpec?clientToken=one"))
        first, *others = [each.json() for each in await asyncio.gather(*orders)]
        assert len(first["instanceIds"]) == COUNT
        assert others == [first] * 3

    together(cloud, run)

    assert made(cloud) == COUNT


def test_who_cannot_wait_does_the_rest_at_once(cloud):
    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        assert cloud.emulator.accounts.open("test").in_region("bj")
        assert made(cloud) == COUNT
        assert len((await order).json()["instanceIds"]) == COUNT

    together(cloud, run)


def test_a_reset_comes_after_it(cloud):
    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        cloud.emulator.accounts.reset("test")
        assert len((await order).json()["instanceIds"]) == COUNT

    together(cloud, run)

    assert cloud.ok("GET", "/v2/instance")["instances"] == []


def test_a_client_that_goes_away_has_ordered_all_the_same(cloud):
    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        order.cancel()
        assert len((await clients.call("GET", "/v2/instance")).json()["instances"]) == COUNT

    together(cloud, run)

    entries = [(each.operation, each.status) for each in cloud.emulator.journal.of("test")]
    assert entries == [("CreateInstanceBySpec", 200), ("ListInstances", 200)]


def test_time_that_moves_on_meanwhile_waits_for_it(cloud):
    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        advanced = await clients.control("POST", "clock/advance", {"seconds": 600})
        assert sum(" create" in each for each in advanced.json()["due"]) == COUNT, advanced.json()["due"]
        assert (await order).status_code == 200

    together(cloud, run)

    assert {each["status"] for each in cloud.ok("GET", "/v2/instance")["instances"]} == {"Running"}


def test_a_fault_of_ours_after_a_while_is_answered_and_the_account_goes_on(cloud, monkeypatch, caplog):
    make = create._make_instance
    monkeypatch.setattr(create, "_make_instance", lambda *given: make(*given) if given[2] < 3 else fail())
    monkeypatch.setattr(cloud.emulator.dispatcher, "_strict", False)

    with caplog.at_level(logging.ERROR):
        reply = cloud.call("POST", "/v2/instanceBySpec", ORDER)

    assert (reply.status, reply.code) == (500, InternalError.code)
    assert cloud.last_entry.status == 500
    assert "an internal error: OSError" in reply.headers["x-bce-emulator-explain"]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [OSError]
    assert cloud.call("GET", "/v2/instance").status == 200


def test_too_many_for_an_account_are_taken_back_whole(cloud):
    cloud.ok("GET", "/v2/zone")
    has = cloud.account.account.count()
    keys = cloud.emulator.accounts.credentials["test"]
    cloud.emulator.accounts.add_credentials(
        Credentials(keys.access_key, keys.secret_key, "test", max_resources=has + 2 * COUNT)
    )

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        other = await clients.call("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 1}, access_key="test-other")
        assert other.status_code == 200
        refused = await order
        assert (refused.status_code, refused.json()["code"]) == (AccountLimitExceeded.status, AccountLimitExceeded.code)

    together(cloud, run)

    assert made(cloud) == 0
    assert cloud.account.account.count() == has
    assert cloud.account.account.undo is None


@pytest.mark.parametrize("hurried", [False, True])
def test_a_planned_end_holds_for_all_of_it_and_for_nothing_else(cloud, hurried):
    planned = {"operation": "bcc.CreateInstanceBySpec", "endIn": "Error"}
    assert control(cloud, "POST", "faults", planned).status == 200
    one = ORDER | {"purchaseCount": 1}

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        other = await clients.call("POST", "/v2/instanceBySpec", one, access_key="test-other")
        assert other.status_code == 200
        assert 2 <= made(cloud) < COUNT
        next_one = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", one))
        if hurried:
            cloud.emulator.accounts.finish("test")
        assert [each.status_code for each in await asyncio.gather(order, next_one)] == [200, 200]

    together(cloud, run)
    struck = ["fault" in each for each in control(cloud, "GET", "journal").body["entries"]]
    cloud.clock.advance(600)

    ends = [each["status"] for each in cloud.ok("GET", "/v2/instance")["instances"]]
    assert (ends.count("Error"), ends.count("Running")) == (COUNT, 1)
    assert control(cloud, "GET", "faults").body["faults"] == []
    assert struck.count(True) == 1


def test_an_order_whose_answer_is_cut_short_goes_in_steps_too(cloud):
    planned = {"operation": "bcc.CreateInstanceBySpec", "truncateBytes": 5}
    assert control(cloud, "POST", "faults", planned).status == 200

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        await asyncio.wait([order])
        assert isinstance(order.exception(), ConnectionAbortedError)

    together(cloud, run)

    assert made(cloud) == COUNT


def test_over_a_connection_it_is_made_once_and_answered_in_turn():
    with Server(wall=lambda: NOW) as server:
        body = json.dumps(ORDER).encode()
        order = signed(server, "POST", "/v2/instanceBySpec", [("Content-Length", str(len(body)))], body)
        lists = signed(server, "GET", "/v2/instance", [])
        last = signed(server, "GET", "/v2/instance", [("Connection", "close")])
        replies = [whole for _, whole in responses(server, order + lists + order + last)]
        first, listed, second, both = [json.loads(whole[whole.index(b"{") :]) for whole in replies]

    ids = first["instanceIds"], second["instanceIds"]
    assert [len(each) for each in ids] == [COUNT, COUNT]
    assert {each["id"] for each in listed["instances"]} == set(ids[0])
    assert {each["id"] for each in both["instances"]} == {*ids[0], *ids[1]}


def test_nothing_of_it_is_on_disk_before_all_is_whoever_writes_meanwhile(on_disk, tmp_path):
    cloud = on_disk

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        disk = {"cdsSizeInGB": 20} | POSTPAID
        assert (await clients.call("POST", "/v2/volume", disk, access_key="test-other")).status_code == 200
        assert made(cloud) < COUNT
        shutil.copytree(tmp_path / "state", tmp_path / "killed")
        assert (await order).status_code == 200
        shutil.copytree(tmp_path / "state", tmp_path / "after")

    together(cloud, run)

    for directory, here, there in (("killed", 0, 1), ("after", COUNT, 1)):
        again = start(tmp_path / directory)
        assert len(again.ok("GET", "/v2/instance")["instances"]) == here
        again.access_key = "test-other"
        assert len(again.ok("GET", "/v2/volume")["volumes"]) == there


def test_what_cannot_be_written_at_its_end_is_undone(on_disk):
    cloud = on_disk

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        listed = asyncio.create_task(clients.call("GET", "/v2/zone"))
        cloud.emulator.store.rows._connection.execute("PRAGMA query_only = 1")
        refused = await order
        assert (refused.status_code, refused.json()["code"]) == (500, InternalError.code)
        assert (await listed).status_code == 500
        cloud.emulator.store.rows._connection.execute("PRAGMA query_only = 0")

    together(cloud, run)

    assert cloud.ok("GET", "/v2/instance")["instances"] == []


@pytest.mark.parametrize(("whose", "met"), [("its own", InternalError), ("every account", ServiceUnavailable)])
def test_an_account_that_is_put_back_meanwhile_has_nothing_of_it(on_disk, whose, met):
    cloud = on_disk

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        tracker = cloud.emulator.store._tracker
        if whose == "its own":
            tracker.put_back_some(["test"], {"test": tracker.generations["test"]}, {})
        else:
            tracker.learn(cloud.emulator.store.rows.contents())
            tracker.put_back()
        refused = await order
        assert (refused.status_code, refused.json()["code"]) == (met.status, met.code)
        assert "nothing was changed" in refused.headers["x-bce-emulator-explain"]

    together(cloud, run)

    assert not cloud.emulator.accounts.work
    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    assert len(cloud.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"]) == COUNT


def test_what_was_kept_is_answered_though_the_account_is_put_back_at_once(on_disk):
    cloud = on_disk

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await half_made(cloud)
        await until(lambda: "test" not in cloud.emulator.accounts.work)
        assert not order.done()
        cloud.emulator.store._tracker.learn(cloud.emulator.store.rows.contents())
        cloud.emulator.store._tracker.put_back()
        assert len((await order).json()["instanceIds"]) == COUNT

    together(cloud, run)

    assert len(cloud.ok("GET", "/v2/instance")["instances"]) == COUNT


def test_a_refusal_waits_for_the_commit_of_what_it_has_seen():
    cloud = Cloud()
    cloud.ok("GET", "/v2/zone")
    keys = cloud.emulator.accounts.credentials["test"]
    most = cloud.account.account.count() + COUNT
    cloud.emulator.accounts.add_credentials(Credentials(keys.access_key, keys.secret_key, "test", max_resources=most))

    async def run(clients: Clients) -> None:
        commit = asyncio.get_running_loop().create_future()
        cloud.emulator.dispatcher.commit = lambda: [commit]
        order = begun(cloud, clients)
        await half_made(cloud)
        await until(lambda: "test" not in cloud.emulator.accounts.work)
        for _ in range(100):
            await asyncio.sleep(0)
        assert not order.done()
        commit.set_exception(InternalError("lost"))
        assert (await order).headers["x-bce-emulator-explain"] == "lost"

    together(cloud, run)


@pytest.fixture
def shared(tmp_path) -> tuple[Cloud, str]:
    """Two accounts on disk: one with instances, the other with an image that it may share."""
    cloud = started(str(tmp_path / "state"))
    cloud.access_key = "test-b"
    control(cloud, "PUT", "clock?account=test-b", {"frozen": True})
    instance = cloud.create()
    image = cloud.ok("POST", "/v2/image", {"imageName": "mine", "instanceId": instance})["imageId"]
    cloud.clock.advance(3_600)
    cloud.ok("GET", "/v2/zone")
    cloud.access_key = "test"
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    control(cloud, "PUT", "clock", {})
    return cloud, image


async def share(clients: Clients, image: str):
    """A call of another account that looks at the one with the order."""
    friend = {"accountId": "test", "account": "test"}
    return await clients.call("POST", f"/v2/image/{image}?share", friend, access_key="test-b")


def seen(cloud: Cloud, image: str) -> tuple[int, list[str], int]:
    """How many instances the one account has, which images it is shown, and with how many the other shares its own."""
    cloud.access_key = "test"
    instances = len(cloud.ok("GET", "/v2/instance")["instances"])
    images = [each["id"] for each in cloud.ok("GET", "/v2/image?imageType=Sharing")["images"]]
    cloud.access_key = "test-b"
    return instances, images, len(cloud.ok("GET", f"/v2/image/{image}/sharedUsers")["users"])


def test_another_account_that_looks_at_it_keeps_both_and_forgets_nothing_of_its_own(shared, tmp_path):
    cloud, image = shared

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await until(lambda: COUNT + 2 <= made(cloud) < 2 * COUNT)
        assert (await share(clients, image)).status_code == 200
        shutil.copytree(tmp_path / "state", tmp_path / "killed")
        assert (await order).status_code == 200

    together(cloud, run)

    assert seen(start(tmp_path / "killed"), image) == (2 * COUNT, [image], 1)


def test_an_order_that_was_hurried_does_not_end_the_wait_for_the_next_one(cloud):
    async def run(clients: Clients) -> None:
        first = begun(cloud, clients)
        await half_made(cloud)
        cloud.emulator.accounts.finish("test")
        second = begun(cloud, clients)
        while not (first.done() and second.done()):
            assert "test" in cloud.emulator.accounts.work or made(cloud) % COUNT == 0
            await asyncio.sleep(0)

    together(cloud, run)

    addresses = {each["internalIp"] for each in cloud.ok("GET", "/v2/instance?maxKeys=100")["instances"]}
    assert len(addresses) == made(cloud) == 2 * COUNT


def test_what_cannot_be_written_of_both_is_undone_of_both_and_nothing_else(shared, tmp_path, monkeypatch):
    cloud, image = shared
    monkeypatch.setattr(cloud.emulator.dispatcher, "_strict", False)
    connection = cloud.emulator.store.rows._connection

    async def run(clients: Clients) -> None:
        order = begun(cloud, clients)
        await until(lambda: COUNT + 2 <= made(cloud) < 2 * COUNT)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        assert [(await share(clients, image)).status_code, (await order).status_code] == [500, 500]
        connection.execute("PRAGMA max_page_count = 1000000")
        assert (await clients.call("GET", "/v2/zone")).status_code == 200

    together(cloud, run)

    assert seen(cloud, image) == (COUNT, [], 0)
    cloud.emulator.close()
    assert seen(start(tmp_path / "state"), image) == (COUNT, [], 0)


def test_an_account_that_is_put_back_while_its_clock_moves_is_not_taken_for_gone(shared, monkeypatch):
    cloud, image = shared
    monkeypatch.setattr(persist_store, "AT_ONCE", 1)
    tracker = cloud.emulator.store._tracker

    async def run(clients: Clients) -> None:
        advance = asyncio.create_task(clients.control("POST", "clock/advance", {"until": "idle"}))
        await until(lambda: cloud.emulator.accounts.by_name["test"].clock.now() > NOW)
        tracker.put_back_some(["test"], {"test": tracker.generations["test"]}, {})
        await advance

    together(cloud, run)

    assert seen(cloud, image)[0] == COUNT


def test_a_clock_that_already_moves_meets_all_of_an_order_or_nothing(cloud):
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)

    async def run(clients: Clients) -> None:
        advance = asyncio.create_task(clients.control("POST", "clock/advance", {"until": "idle"}))
        await until(lambda: cloud.emulator.accounts.by_name["test"].clock.now() > NOW)
        order = begun(cloud, clients)
        ids = (await order).json()["instanceIds"]
        told = [line for line in (await advance).json()["due"] if line.split()[1] in ids]
        listed = (await clients.call("GET", "/v2/instance?maxKeys=100")).json()["instances"]
        assert len(told) in {0, COUNT}
        assert len({(each["createTime"], each["status"]) for each in listed if each["id"] in ids}) == 1

    together(cloud, run)


def test_neither_the_list_of_accounts_nor_the_metrics_show_a_part_of_it(tmp_path):
    cloud = Cloud(metrics="on")
    cloud.ok("GET", "/v2/zone")

    async def run(clients: Clients) -> None:
        before = cloud.account.account.count()
        for ask in ("accounts", "metrics"):
            order = begun(cloud, clients)
            had = made(cloud)
            await until(lambda had=had: had + 2 <= made(cloud) < had + COUNT)
            told = await clients.control("GET", ask)
            whole = made(cloud) // COUNT
            assert whole * COUNT == made(cloud)
            if ask == "accounts":
                (row,) = (each for each in told.json()["accounts"] if each["account"] == "test")
                assert row["resources"] == before + 3 * COUNT * whole
            else:
                assert f'kind="bcc.Instance"}} {2 * COUNT}.0' in told.text
            assert (await order).status_code == 200

    together(cloud, run)
