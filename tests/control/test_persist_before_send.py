"""What a control call has changed is kept before it is answered, however many accounts that are, and whoever else calls."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterable
from functools import partial

import pytest

from bce_emulator.control import persist_before_send as module
from bce_emulator.control import process
from bce_emulator.control.persist_before_send import persist_before_send
from bce_emulator.engine import steps
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.http import waiting
from bce_emulator.engine.persist import stored_accounts
from bce_emulator.engine.persist.rows import Changes, StoreError
from bce_emulator.engine.persist.stored_accounts import PutBacks
from tests.cloud import NOW, Cloud
from tests.control.test_slices import ORDER, Clients, together, until
from tests.control.test_state import control
from tests.engine.persist.stores import restarted, started


class Store:
    """What several may lead, by one that is deposed while a call is answered."""

    leads_alone, epoch, put_backs = True, 1, PutBacks()

    def until_free(self) -> None:
        """Nothing holds up who writes."""

    def keep_all(self, _names: object = None) -> list:
        self.epoch = None
        return []

    uncommitted = keep_all


class SilentStore(Store):
    """One whose database never answers."""

    def keep_all(self, _names: object = None) -> list:
        return [asyncio.get_running_loop().create_future()]

    uncommitted = keep_all


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("store", [Store, SilentStore])
def test_what_a_deposed_leader_or_a_silent_database_has_done_is_told_as_not_known(method, store, monkeypatch):
    monkeypatch.setattr(waiting, "COMMIT_SECONDS", 0.0)
    sent = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def call() -> None:
        scope = {"type": "http", "method": method, "raw_path": b"/_emulator/clock"}
        saved = persist_before_send(store(), scope, None, send)
        await saved({"type": "http.response.start", "status": 200, "headers": []})
        await saved({"type": "http.response.body", "body": b"{}"})

    asyncio.run(call())

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 503
    assert "not known" in json.loads(sent[1]["body"])["error"]


MANY = [f"test-{number}" for number in range(7)]


@pytest.fixture
def many(tmp_path, monkeypatch) -> Cloud:
    """Seven accounts, and slices as small as they can be."""
    for each in (module, process):
        monkeypatch.setattr(each, "KEPT_AT_ONCE", 2)
    cloud = started(str(tmp_path / "state"))
    for name in MANY:
        cloud.access_key = name
        cloud.ok("GET", "/v2/zone")
        control(cloud, "PUT", f"clock?account={name}", {"frozen": True})
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    return cloud


@pytest.mark.parametrize(
    ("method", "path", "body", "asked", "found"),
    [
        ("PUT", "clock?account=*", {"pace": 3}, "clock", lambda told: told["pace"] == 3),
        ("POST", "clock/advance?account=*", {"seconds": 60}, "clock", lambda told: told["now"] == iso(NOW + 60)),
        ("PUT", "facts?account=*", {"balance": 7}, "facts", lambda told: told["balance"]["value"] == 7),
        (
            "PUT",
            "lifecycles/bcc.Instance/reboot?account=*",
            {"seconds": 9},
            "state",
            lambda told: told["seconds"] == {"bcc.Instance.reboot": 9},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "?" in value else "",
)
def test_a_call_about_all_accounts_goes_in_slices_and_is_there_after_a_restart(many, method, path, body, asked, found):
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        about_all, served = await clients.meanwhile(clients.control(method, path, body))
        assert about_all.status_code == 200, about_all.text

    together(many, run)

    assert served >= 3
    again = restarted(many)
    for name in MANY:
        told = control(again, "GET", f"{asked}?account={name}").body
        assert found(told), (name, told)


def test_all_accounts_are_reset_in_slices_and_stay_so(many):
    for name in MANY:
        many.access_key = name
        many.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 1})

    assert set(control(many, "POST", "reset?account=*").body["reset"]) >= set(MANY)

    again = restarted(many)
    for name in MANY:
        again.access_key = name
        assert again.ok("GET", "/v2/instance")["instances"] == []


def test_faults_of_all_accounts_are_planned_told_and_called_off_in_slices(many):
    plan = {"operation": "bcc.ListZones", "error": "InternalError"}

    assert len(control(many, "POST", "faults?account=*", plan).body["faults"]) >= len(MANY)
    assert len(control(many, "GET", "faults?account=*").body["faults"]) >= len(MANY)
    assert len(control(many, "DELETE", "faults?account=*").body["deleted"]) >= len(MANY)
    assert control(many, "GET", "faults?account=*").body["faults"] == []


def test_what_one_call_changes_is_kept_though_others_have_kept_theirs_meanwhile(many):
    for _ in range(2):
        many.access_key = MANY[0]
        many.ok("POST", "/v2/instanceBySpec", ORDER)

    async def run(clients: Clients) -> None:
        slow = asyncio.create_task(clients.control("POST", f"clock/advance?account={MANY[0]}", {"seconds": 600}))
        await until(lambda: many.emulator.accounts.open(MANY[0]).clock.now() > NOW)
        assert (await clients.control("PUT", f"clock?account={MANY[1]}", {"pace": 2})).status_code == 200
        assert (await clients.call("GET", "/v2/zone", access_key=MANY[2])).status_code == 200
        assert not slow.done()
        assert (await slow).status_code == 200

    together(many, run)

    again = restarted(many)
    assert control(again, "GET", f"clock?account={MANY[0]}").body["now"] == iso(NOW + 600)
    again.access_key = MANY[0]
    assert {each["status"] for each in again.ok("GET", "/v2/instance")["instances"]} == {"Running"}


def test_only_accounts_that_a_call_has_in_hand_or_that_were_used_are_looked_at(many, monkeypatch):
    tracker, looked = many.emulator.store._tracker, []
    change = tracker.account_changes

    def noted(name: str, *how: object, **named: object) -> None:
        looked.append(name)
        change(name, *how, **named)

    monkeypatch.setattr(tracker, "account_changes", noted)
    control(many, "PUT", f"clock?account={MANY[3]}", {"pace": 2})

    assert set(looked) == {MANY[3]}


def test_others_are_served_before_what_is_changed_of_many_is_kept(monkeypatch):
    monkeypatch.setattr(module, "KEPT_AT_ONCE", 2)
    happened = []

    class NotingStore(Store):
        def keep_all(self, names: Iterable[str] | None = None) -> list:
            happened.append(list(names or ()))
            return []

        uncommitted = keep_all

    async def others() -> None:
        happened.append("others")

    async def answered(count: int) -> list[list[str] | str]:
        happened.clear()
        scope = {"type": "http", "method": "PUT", "raw_path": b"/_emulator/clock"}
        saved = persist_before_send(NotingStore(), scope, None, lambda _message: asyncio.sleep(0))
        for number in range(count):
            module.take_in_hand(f"test-{number}")
        beside = asyncio.create_task(others())
        await saved({"type": "http.response.start", "status": 200, "headers": []})
        await beside
        return list(happened)

    assert asyncio.run(answered(2)) == [["test-0", "test-1"], "others"]
    assert asyncio.run(answered(3)) == ["others", ["test-2", "test-1"], ["test-0"]]


@pytest.mark.parametrize(("method", "account", "status"), [("PUT", 1, 500), ("PUT", 2, 200), ("GET", 1, 200)])
def test_a_call_is_refused_if_one_of_its_accounts_was_put_back_to_what_is_on_disk_meanwhile(method, account, status):
    class PuttingBackStore(Store):
        def keep_all(self, _names: object = None) -> list:
            self.put_backs.note([f"test-{account}"])
            return []

        uncommitted = keep_all

    store, sent = PuttingBackStore(), []
    store.put_backs = PutBacks()
    store.put_backs.note(["test-0"])

    async def send(message: dict) -> None:
        sent.append(message)

    async def call() -> None:
        scope = {"type": "http", "method": method, "raw_path": b"/_emulator/clock"}
        saved = persist_before_send(store, scope, None, send)
        module.take_in_hand("test-0", "test-1", to_keep=False)
        await saved({"type": "http.response.start", "status": 200, "headers": []})

    asyncio.run(call())

    assert sent[0]["status"] == status
    if status == 500:
        assert json.loads(sent[1]["body"])["error"].startswith("test-1 was put back to what is on disk")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "reset?account=*", None),
        ("PUT", "clock?account=*", {"pace": 5}),
        ("PUT", "facts?account=*", {"balance": 1}),
    ],
    ids=lambda value: value if isinstance(value, str) and "?" in value else "",
)
def test_what_another_call_has_undone_with_its_own_change_is_not_told_as_done(many, monkeypatch, method, path, body):
    store = many.emulator.store
    commit, name = store.rows.commit, many.emulator.accounts.names()[0]
    monkeypatch.setattr(module, "KEPT_AT_ONCE", 100)
    monkeypatch.setattr(process, "KEPT_AT_ONCE", 100)
    outcomes: list[tuple[int, int]] = []

    def fails(changes: Changes) -> list[str]:
        if not changes.is_empty():
            raise StoreError("no room")
        return commit(changes)

    async def run(clients: Clients) -> None:
        about_all = asyncio.create_task(clients.control(method, path, body))
        for _ in range(8):
            await asyncio.sleep(0)
        monkeypatch.setattr(store.rows, "commit", fails)
        refused = await clients.call("POST", "/v2/instanceBySpec", ORDER, access_key=name)
        monkeypatch.setattr(store.rows, "commit", commit)
        outcomes.append(((await about_all).status_code, refused.status_code))

    together(many, run)

    assert outcomes == [(500, 500)]


def test_of_very_many_accounts_it_is_known_of_the_last_when_they_were_put_back(monkeypatch):
    monkeypatch.setattr(stored_accounts, "REMEMBERED", 2)
    put_backs = PutBacks()
    put_backs.note(["one", "two"])
    put_backs.note(["three", "one"])

    assert put_backs.since(dict.fromkeys(["three", "two", "one", "never"], 0)) == ["one", "three"]
    assert put_backs.since({"one": 1, "three": 2}) == ["one"]
    assert put_backs.since({"one": 2}) == []


FEW, FOUR_TIMES = 40, 160
FAULT = {"operation": "bcc.ListZones", "error": "InternalError"}


@pytest.mark.parametrize("stored", [False, True], ids=["in memory", "with --state"])
def test_a_call_about_all_accounts_is_no_more_work_for_each_where_they_are_more(tmp_path, stored):
    few, many = (crowded(str(tmp_path / str(count)) if stored else "", count) for count in (FEW, FOUR_TIMES))
    for method, path, body in (
        ("GET", "accounts", None),
        ("PUT", "clock?account=*", {"pace": 2}),
        ("POST", "clock/advance?account=*", {"seconds": 1}),
        ("POST", "clock/advance?account=*", {"until": "idle"}),
        ("POST", "faults?account=*", FAULT),
        ("GET", "faults?account=*", None),
        ("DELETE", "faults?account=*", None),
        ("PUT", "facts?account=*", {"bcc.stock": None}),
        ("PUT", "lifecycles/bcc.Instance/reboot?account=*", {"seconds": 1}),
        ("POST", "reset?account=*", None),
    ):
        work = [calls_of(partial(control, cloud, method, path, body)) for cloud in (few, many)]
        assert work[1] < 5 * work[0], (method, path, work)


def crowded(directory: str, count: int) -> Cloud:
    cloud = Cloud(state=directory) if directory else Cloud()
    for number in range(count):
        cloud.access_key = f"test-{number}"
        cloud.ok("GET", "/v2/zone")
    return cloud


def calls_of(do: Callable[[], object]) -> int:
    """How many functions of Python are called meanwhile."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return calls
