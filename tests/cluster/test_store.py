"""Replicas in this process on a database of their own: what is kept, who serves, and that a failure is one account's."""

from __future__ import annotations

import asyncio
import re
import threading

import httpx
import psycopg
import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.persist import tracker
from bce_emulator.engine.persist.postgres import store
from bce_emulator.engine.persist.postgres.leadership import Lost
from bce_emulator.engine.persist.postgres.session import Session
from bce_emulator.engine.persist.rows import account_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.testing.server import Server
from tests import process
from tests.cloud import Cloud
from tests.cluster.services import PATIENCE, until
from tests.control.test_slices import Clients, together
from tests.control.test_slices import until as met
from tests.control.test_state import ORDER, control, state
from tests.disks import new_snapshot, new_volume
from tests.histories.clients import Client
from tests.sample_resources import create_sample_resources, list_responses
from tests.services.bcc.image.images import as_account

pytestmark = pytest.mark.cluster
MANY = ORDER | {"purchaseCount": 12}
POISON = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more of this account'; END $$;
CREATE TRIGGER poisoned BEFORE INSERT ON bce_emulator_kept FOR EACH ROW
WHEN (NEW.account LIKE 'test-poisoned/%' AND NEW.kind = 'bcc.Instance') EXECUTE FUNCTION refuse()
"""

MISFIT = """
UPDATE bce_emulator_kept SET json = convert_to(replace(convert_from(json, 'UTF8'), '"zone"', '"zoo"'), 'UTF8')
WHERE kind = 'bcc.Instance'
"""
SLOW = """
CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END $$;
CREATE TRIGGER slow BEFORE UPDATE ON bce_emulator_leader FOR EACH ROW EXECUTE FUNCTION wait()
"""
"""Each commit takes a tenth of a second."""


def serving(database: str, **settings: str) -> Cloud:
    """One that leads."""
    cloud = Cloud(state=database, freeze=False, **settings)
    until(lambda: control(cloud, "GET", "ready").status == 200, "a replica leads")
    return cloud


def frozen(database: str) -> Cloud:
    cloud = serving(database)
    control(cloud, "PUT", "clock", {"frozen": True})
    return cloud


def without_lapsed(document: dict) -> dict:
    return document | {"clock": document["clock"] | {"lapsed": [], "number": 0}}


def test_everything_is_there_for_the_next_leader_and_has_the_same_future(database):
    cloud = frozen(database)
    create_sample_resources(cloud)
    cloud.ok("POST", "/v2/instanceBySpec?clientToken=%00%5C0", ORDER)
    before, lists = state(cloud), list_responses(cloud)
    made = control(cloud, "POST", "accounts", {"accessKeyId": "minted"}).body
    control(cloud, "POST", "state/fork", {"from": "test", "to": "test-fork"})
    cloud.emulator.close()

    again = serving(database)

    assert again.emulator.accounts.by_name == {}
    assert without_lapsed(state(again)) == without_lapsed(before)
    assert list_responses(again) == lists
    assert len(again.ok("POST", "/v2/instanceBySpec?clientToken=%00%5C0", ORDER)["instanceIds"]) == 1
    assert list_responses(again) == lists
    assert without_lapsed(state(again, "test-fork")) == without_lapsed(before | {"account": "test-fork"})
    assert again.emulator.accounts.credentials["minted"].secret_key == made["secretAccessKey"]
    rows = control(again, "GET", "accounts").body["accounts"]
    assert {"test", "test-fork", "minted"} <= {row["account"] for row in rows}


def test_a_standby_names_the_leader_and_serves_when_that_has_stopped(database):
    leader = serving(database, advertise="one.example:8080", seed="example")
    standby = Cloud(state=database, freeze=False, advertise="two.example:8080", seed="example")
    until(lambda: standby.call("GET", "/v2/instance").headers.get("x-bce-emulator-leader"), "the leader is named")
    leader.ok("PUT", "/v2/instance/i-YufwpQAe?stop", {})

    refused = standby.call("GET", "/v2/instance")
    told = control(standby, "GET", "clock"), control(standby, "POST", "reset"), control(standby, "GET", "ready")

    assert (refused.status, refused.code) == (503, "ServiceUnavailable")
    assert refused.body["requestId"] == refused.headers["x-bce-request-id"]
    assert refused.headers["x-bce-emulator-leader"] == "one.example:8080"
    assert refused.headers["retry-after"] == "1"
    assert [reply.status for reply in told] == [503] * 3
    assert [reply.headers.get("retry-after") for reply in told] == ["1"] * 3
    assert control(standby, "GET", "live").status == 200
    leader.emulator.close()
    until(lambda: control(standby, "GET", "ready").status == 200, "the standby leads")
    assert standby.status("i-YufwpQAe") == "Stopping", "the seed is applied once"


def test_the_banner_says_who_leads_and_the_log_who_leads_next(database):
    with (
        process.serving("--state", database, "--advertise", "one.example:8080") as leader,
        process.serving("--state", database, "--advertise", "two.example:8080") as standby,
    ):
        leader.process.terminate()
        leader.process.wait(PATIENCE)
        until(lambda: is_ready(standby.port), "the standby leads")

    assert re.match(r"bce-emulator ready at .*; this replica leads\n", leader.banner)
    assert re.match(r"bce-emulator standby at .*; the replica at one\.example:8080 leads\n", standby.banner)
    assert re.findall(r"(?:the|this) replica.* leads", standby.log) == [
        "the replica at one.example:8080 leads",
        "this replica leads",
    ]


def is_ready(port: int) -> bool:
    return httpx.get(f"http://127.0.0.1:{port}/_emulator/ready", timeout=PATIENCE).status_code == 200


def test_a_change_that_cannot_be_written_is_undone_and_is_no_other_account_s_failure(database, caplog):
    cloud = frozen(database)
    there = cloud.create()
    cloud.access_key = "test-poisoned"
    cloud.ok("GET", "/v2/instance")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(POISON)
    others = cloud.emulator.accounts.by_name["test"]

    refused = cloud.call("POST", "/v2/instanceBySpec", ORDER)

    assert (refused.status, refused.code) == (500, "InternalError")
    assert "no more of this account" in refused.headers["x-bce-emulator-explain"]
    assert "a change of test-poisoned was undone, others go on" in caplog.text
    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    assert cloud.emulator.accounts.by_name["test"] is others
    cloud.access_key = "test"
    assert cloud.status(there) == "Running"
    assert control(cloud, "GET", "ready").status == 200


@pytest.mark.parametrize("name", ["test-poisoned", "test"])
def test_an_order_that_goes_in_steps_is_in_the_database_whole_or_not_at_all(database, monkeypatch, name):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    cloud = frozen(database)
    cloud.access_key = name
    cloud.ok("GET", "/v2/instance")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(POISON)

    async def run(clients: Clients) -> None:
        order = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", MANY, access_key=name))
        await met(lambda: name in cloud.emulator.accounts.work)
        listed = asyncio.create_task(clients.call("GET", "/v2/instance", access_key=name))
        assert (await clients.call("POST", "/v2/instanceBySpec", ORDER, access_key="test-b")).status_code == 200
        told = await order
        assert told.status_code == (500 if name == "test-poisoned" else 200), told.text
        seen = await listed  # what it shows may still come to nothing, and then it does
        assert seen.status_code == told.status_code
        assert len(seen.json().get("instances", ())) == (0 if name == "test-poisoned" else 12)

    together(cloud, run)

    assert not cloud.emulator.accounts.work
    cloud.emulator.close()
    again = serving(database)
    again.access_key = name
    assert len(again.ok("GET", "/v2/instance")["instances"]) == (0 if name == "test-poisoned" else 12)


def test_an_order_whose_replica_leads_no_more_is_refused_as_what_comes_later_is(database, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    cloud = frozen(database)

    async def run(clients: Clients) -> None:
        order = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", MANY))
        await met(lambda: "test" in cloud.emulator.accounts.work)
        cloud.emulator.store._lost(Lost("cut"))
        told = [await order, await clients.call("GET", "/v2/instance")]
        assert [reply.status_code for reply in told] == [503, 503]
        assert all("nothing was changed" in reply.headers["x-bce-emulator-explain"] for reply in told)

    together(cloud, run)


def test_a_clock_that_moves_when_the_session_is_lost_leaves_nothing_for_others_to_wait_for(database, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(store, "AT_ONCE", 1)
    cloud = frozen(database)
    cloud.ok("POST", "/v2/instanceBySpec", MANY)
    instances = cloud.account.collections[Instance]

    async def run(clients: Clients) -> None:
        advance = asyncio.create_task(clients.control("POST", "clock/advance", {"seconds": 600}))
        await met(lambda: 0 < sum(each.state == "Running" for each in instances) < 12)
        cloud.emulator.store._lost(Lost("cut"))
        cloud.emulator.accounts.open("test")  # as another call does that was under way
        told = await advance
        assert (told.status_code, told.json()["error"].endswith("whether all of it was done is not known")) == (
            503,
            True,
        )

    together(cloud, run)

    assert cloud.emulator.store.uncommitted() == []


def test_an_account_that_cannot_be_put_into_rows_is_undone(database, monkeypatch):
    def fail(*_: object) -> None:
        raise ArithmeticError

    cloud = frozen(database)
    monkeypatch.setattr("bce_emulator.engine.persist.tracker.fields_of", fail)

    with pytest.raises(ArithmeticError):
        cloud.call("POST", "/v2/instanceBySpec", ORDER)

    monkeypatch.undo()
    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    cloud.create()


ASKING = {
    "its own call": lambda cloud, _: cloud.call("GET", "/v2/instance"),
    "a control call": lambda cloud, _: control(cloud, "GET", "state?account=test"),
    "a control call about all": lambda cloud, _: control(cloud, "GET", "faults?account=*"),
    "a call of another account": lambda cloud, snapshot: as_account(cloud, "test-2").call(
        "POST", "/v2/snapshot/share", {"snapshotId": snapshot, "accountIds": ["test"]}
    ),
}


@pytest.mark.parametrize("who", ASKING)
def test_the_rows_of_an_account_are_fetched_in_a_thread_whoever_asks_for_it(database, monkeypatch, who):
    first = frozen(database)
    first.create()
    other = as_account(first, "test-2")
    snapshot = new_snapshot(other, new_volume(other))
    control(first, "PUT", "clock?account=*", {})
    first.emulator.close()
    fetched, of = [], Session.of
    monkeypatch.setattr(
        Session, "of", lambda self, name: fetched.append((name, threading.current_thread())) or of(self, name)
    )
    again = serving(database)
    assert set(again.emulator.accounts.asleep) == {"test", "test-2"}

    assert ASKING[who](again, snapshot).status == 200

    assert "test" in again.emulator.accounts.by_name
    assert {account_of(name) for name, _ in fetched} >= {"test"}
    assert len({name for name, _ in fetched}) == len(fetched)
    assert all(thread is not threading.main_thread() for _, thread in fetched)


def test_an_account_that_does_not_fit_is_refused_by_itself(database):
    cloud = frozen(database)
    cloud.create()
    cloud.emulator.close()
    with psycopg.connect(database, autocommit=True) as connection:
        changed = connection.execute(MISFIT).rowcount

    again = serving(database)
    refused = again.call("GET", "/v2/instance")

    assert changed == 1
    assert (refused.status, refused.code) == (500, "InternalError")
    assert "kinds.bcc.Instance" in refused.headers["x-bce-emulator-explain"]
    again.access_key = "test-2"
    assert again.create()


def test_a_large_account_is_written_ahead_and_what_it_replaces_is_removed(database, monkeypatch):
    for module in (tracker, store):
        monkeypatch.setattr(module, "AT_ONCE", 12)
    cloud = frozen(database)
    cloud.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 10})
    document = state(cloud)

    for method, path, body in [
        ("PUT", "state?account=test-2", document),
        ("PUT", "state?account=test-2", document),
        ("POST", "state/fork", {"from": "test", "to": "test-2"}),
        ("POST", "clock/advance?account=test-2", {"seconds": 600}),
    ]:
        assert control(cloud, method, path, body).status == 200

    after = state(cloud, "test-2")
    until(lambda: control(cloud, "PUT", "clock", {}).status == 200 and len(generations(database)) == 2, "it is swept")
    cloud.emulator.close()
    again = serving(database)
    assert state(again, "test-2")["regions"] == after["regions"] != document["regions"]
    assert state(again) == document


def generations(database: str) -> set[str]:
    with psycopg.connect(database) as connection:
        asked = "SELECT DISTINCT account FROM bce_emulator_kept WHERE account LIKE 'test%'"
        return {name for (name,) in connection.execute(asked)}


def test_of_requests_that_are_committed_together_only_those_of_the_account_fail(database):
    async def at_once(port: int) -> list[dict]:
        async def create(name: str) -> dict:
            async with Client(port, name, []) as client:
                return await client.api("POST", "/v2/instanceBySpec", ORDER)

        return await asyncio.gather(*(create(name) for name in ["test-poisoned", *map("test-{}".format, range(7))] * 3))

    with Server(pace="realistic", strict=True, log_level="error", state=database) as server:
        until(lambda: asyncio.run(ready(server.port)), "it leads")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(POISON)
        told = asyncio.run(at_once(server.port))

    assert [reply.get("code") for reply in told] == ["InternalError", *[None] * 7] * 3


def test_what_waits_for_the_same_commit_goes_together(database):
    async def create(port: int, name: str) -> dict:
        async with Client(port, name, []) as client:
            return await client.api("POST", "/v2/instanceBySpec", ORDER)

    async def at_once(port: int) -> list[dict]:
        return await asyncio.gather(*(create(port, f"test-{number}") for number in range(32)))

    with Server(pace="realistic", strict=True, log_level="error", state=database) as server:
        until(lambda: asyncio.run(ready(server.port)), "it leads")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(SLOW)
            (before,) = connection.execute("SELECT commits FROM bce_emulator_leader").fetchone()
            told = asyncio.run(at_once(server.port))
            (after,) = connection.execute("SELECT commits FROM bce_emulator_leader").fetchone()

    assert all("instanceIds" in reply for reply in told)
    assert after - before < len(told) / 2


async def ready(port: int) -> bool:
    async with Client(port, "test", []) as client:
        return "error" not in await client._send("GET", "/_emulator/ready", None, "")


def test_accounts_are_read_anew_after_the_session_was_lost(database, postgres):
    cloud = frozen(database)
    there = cloud.create()
    cloud.emulator.accounts.by_name["test"].in_region("bj").collections.clear()
    name = database.rpartition("/")[2]
    postgres.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    until(lambda: cloud.call("GET", "/v2/instance").status == 503, "the loss is noticed")

    until(lambda: control(cloud, "GET", "ready").status == 200, "it leads again")

    assert cloud.status(there) == "Starting"
