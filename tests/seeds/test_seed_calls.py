"""The calls of a seed on accounts that begin together: their order, who waits for them, and what is kept."""

from __future__ import annotations

import asyncio
import copy
import shutil
import threading
from collections import deque

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.errors import AccountLimitExceeded
from bce_emulator.engine.steps import at_once
from bce_emulator.services.bcc.keypair import stock
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare
from bce_emulator.settings import SettingError
from tests.cloud import Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control
from tests.disks import new_snapshot, new_volume
from tests.engine.account.test_others import put_to_sleep
from tests.engine.persist.stores import file_of, restarted, start
from tests.engine.persist.test_damaged_stores import mark_misfit

OF_FRIEND = """
accounts:
  test-b:
    calls:
      - {call: CreateVolume, id: v-theirs01, cdsSizeInGB: 50, billing: {paymentTiming: Postpaid}}
      - {call: bcc.CreateSnapshot, id: s-theirs01, volumeId: v-theirs01, snapshotName: first}
      - {call: CreateSnapshotShare, snapshotId: s-theirs01, accountIds: [test-a]}
  test-a:
    volumes: [{id: v-own00001, cdsSizeInGB: 50}]
    calls:
      - {call: ListSnapshotShare, keep: {share: result.0.snapshotId}}
      - {call: CreateVolume, id: v-copy0001, cdsSizeInGB: 50, billing: {paymentTiming: Postpaid}, shareSnapshotId: $share}
"""
KEYS = "accounts:\n  test:\n    calls:\n" + "".join(f"      - {{call: CreateKeypair, name: k{n}}}\n" for n in range(3))
EVERY = "reset?account=*"


@pytest.fixture
def seeded(tmp_path):
    def cloud(text: str, state: str = "") -> Cloud:
        file = tmp_path / "seed.yaml"
        file.write_text(text)
        return Cloud(seed=str(file), state=str(tmp_path / state) if state else "")

    return cloud


def volumes(cloud: Cloud, access_key: str) -> list[str]:
    other = copy.copy(cloud)
    other.access_key = access_key
    return sorted(each["id"] for each in other.ok("GET", "/v2/volume")["volumes"])


def test_an_account_that_the_calls_of_another_reach_has_what_its_own_part_says(seeded):
    cloud = seeded(OF_FRIEND)

    assert (volumes(cloud, "test-a"), volumes(cloud, "test-b")) == (["v-copy0001", "v-own00001"], ["v-theirs01"])


@pytest.mark.parametrize("last", ["test-a", "test-b"])
def test_accounts_that_are_reset_together_all_begin_before_the_calls_which_come_in_the_order_of_the_file(seeded, last):
    cloud = seeded(OF_FRIEND)
    for name in {"test-a", "test-b"} - {last}, {last}:
        account = cloud.emulator.accounts.by_name.pop(*name)
        cloud.emulator.accounts.by_name[account.name] = account

    assert control(cloud, "POST", EVERY).status == 200

    assert list(cloud.emulator.accounts.by_name)[-2:] == ["test-b", "test-a"]
    assert (volumes(cloud, "test-a"), volumes(cloud, "test-b")) == (["v-copy0001", "v-own00001"], ["v-theirs01"])


def test_a_call_that_does_not_fit_what_others_have_is_named_and_what_comes_before_it_is_there(seeded):
    cloud = seeded(OF_FRIEND)

    refused = control(cloud, "POST", "reset?account=test-a")

    assert refused.status == 400
    assert "seed.yaml, line 11: keep names 'result.0.snapshotId', and the answer has " in refused.body["error"]
    assert volumes(cloud, "test-a") == ["v-own00001"]
    assert not cloud.emulator.accounts.work
    assert control(cloud, "POST", "reset?account=test-b").status == 200
    assert control(cloud, "POST", EVERY).status == 200
    assert volumes(cloud, "test-a") == ["v-copy0001", "v-own00001"]


def test_others_are_served_between_the_calls_and_who_asks_for_an_account_waits_for_all(seeded, monkeypatch):
    cloud = seeded(OF_FRIEND)
    monkeypatch.setattr(steps, "SECONDS", 0.0)

    async def run(clients: Clients) -> None:
        resetting = asyncio.create_task(clients.meanwhile(clients.control("POST", EVERY)))
        await until(lambda: "test-a" in cloud.emulator.accounts.work)
        listed = await clients.call("GET", "/v2/volume", access_key="test-a")
        assert [each["id"] for each in listed.json()["volumes"]] == ["v-copy0001", "v-own00001"]
        reset, served = await resetting
        assert (reset.status_code, served > 3) == (200, True)

    together(cloud, run)


def test_an_account_that_goes_meanwhile_has_its_calls_made_first(seeded, monkeypatch):
    cloud = seeded(OF_FRIEND)
    monkeypatch.setattr(steps, "SECONDS", 0.0)

    async def run(clients: Clients) -> None:
        resetting = asyncio.create_task(clients.control("POST", EVERY))
        await until(lambda: "test-a" in cloud.emulator.accounts.work)
        assert (await clients.control("DELETE", "accounts/test-a")).status_code == 200
        assert (await resetting).status_code == 200

    together(cloud, run)

    assert "test-a" not in cloud.emulator.accounts
    assert not cloud.emulator.accounts.work


def test_keys_are_made_in_a_thread(seeded, monkeypatch):
    cloud = seeded(KEYS)
    made_in: list[threading.Thread] = []
    monkeypatch.setattr(stock, "make_key", lambda: made_in.append(threading.current_thread()) or ("private", "public"))
    monkeypatch.setattr(stock.STOCK, "_ready", deque())
    monkeypatch.setattr("bce_emulator.services.bcc.keypair.create.fingerprint", str)

    together(cloud, lambda clients: clients.control("POST", "reset"))

    assert len(made_in) == 3
    assert threading.main_thread() not in made_in
    assert len(cloud.ok("GET", "/v2/keypair")["keypairs"]) == 3


def test_an_account_that_is_only_on_disk_is_read_in_steps(seeded, monkeypatch):
    cloud = seeded(OF_FRIEND, state="kept")
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    control(cloud, "PUT", "clock?account=*", {})
    read = put_to_sleep(cloud, "test-a")

    async def run(clients: Clients) -> None:
        reset, served = await clients.meanwhile(clients.control("POST", "reset?account=test-b"))
        assert (reset.status_code, served > 3) == (200, True)

    together(cloud, run)

    assert read == ["test-a"]
    assert volumes(cloud, "test-b") == ["v-theirs01"]
    assert volumes(cloud, "test-a") == ["v-copy0001", "v-own00001"]


def test_what_the_calls_made_is_kept(seeded):
    cloud = seeded(OF_FRIEND, state="kept")
    assert control(cloud, "POST", EVERY).status == 200

    again = restarted(cloud)

    assert (volumes(again, "test-a"), volumes(again, "test-b")) == (["v-copy0001", "v-own00001"], ["v-theirs01"])


def test_an_account_whose_keys_have_gone_does_not_begin_again(seeded):
    cloud = seeded(OF_FRIEND)
    accounts = cloud.emulator.accounts
    made = {name: at_once(cloud.emulator.seeded(name)) for name in ("test-b", "test-a")}
    accounts.remove_credentials("test-b")

    with pytest.raises(SettingError, match="line 11"):
        cloud.emulator.begin_anew(made).make()

    assert (volumes(cloud, "test-a"), volumes(cloud, "test-b")) == (["v-own00001"], [])
    assert cloud.emulator.begin_anew({"test-a": None}) is None
    assert ("test-a" in accounts, accounts.work) == (False, {})


SHARING = """
accounts:
  test-b:
    calls:
      - {call: CreateVolume, id: v-theirs01, cdsSizeInGB: 50, billing: {paymentTiming: Postpaid}}
      - {call: bcc.CreateSnapshot, id: s-theirs01, volumeId: v-theirs01, snapshotName: first}
      - {call: CreateSnapshotShare, id: s-share001, snapshotId: s-theirs01, accountIds: [test]}
      - {call: CreateVolume, id: v-theirs02, cdsSizeInGB: 50, billing: {paymentTiming: Postpaid}}
"""
POSTPAID = {"billing": {"paymentTiming": "Postpaid"}}


def shares(cloud: Cloud, name: str) -> list[str]:
    region = cloud.emulator.accounts.open(name).in_region("bj")
    return [share.source_id for share in region.all(SnapshotShare)]


def unshared(cloud: Cloud) -> None:
    cloud.ok("POST", "/v2/snapshot/unShare", {"shareSnapshotId": "s-share001"})
    control(cloud, "PUT", "clock?account=*", {})
    assert (shares(cloud, "test"), shares(cloud, "test-b")) == ([], [])


def test_an_id_that_a_call_names_holds_when_it_is_made_again_after_an_account_was_read(seeded):
    cloud = seeded(SHARING, state="kept")
    control(cloud, "PUT", "clock?account=*", {})
    cloud.ok("GET", "/v2/zone")
    read = put_to_sleep(cloud, "test")

    assert control(cloud, "POST", "reset?account=test-b").status == 200

    assert read == ["test"]
    assert shares(cloud, "test") == ["s-theirs01"]


def test_who_is_shared_the_same_again_after_a_reset_has_it_once(seeded):
    cloud = seeded(SHARING)

    assert control(cloud, "POST", "reset?account=test-b").status == 200

    assert shares(cloud, "test") == ["s-theirs01"]
    assert control(cloud, "PUT", "state", control(cloud, "GET", "state").body).status == 200


@pytest.mark.parametrize("how", ["asleep", "limit"])
def test_what_the_calls_give_to_somebody_is_not_taken_back_with_what_that_one_does(seeded, monkeypatch, how):
    cloud = seeded(SHARING, state="kept")
    unshared(cloud)
    mine = new_snapshot(cloud, new_volume(cloud))
    cloud.access_key = "test-q"
    cloud.create()
    cloud.access_key = "test"
    control(cloud, "PUT", "clock?account=*", {})
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    if how == "asleep":
        put_to_sleep(cloud, "test-q")
    else:
        cloud.emulator.accounts.max_resources["test"] = cloud.account.account.count() + 1

    async def run(clients: Clients) -> None:
        reset = asyncio.create_task(clients.control("POST", "reset?account=test-b"))
        await until(lambda: "test-b" in cloud.emulator.accounts.work)
        order = {"snapshotId": mine, "accountIds": ["test-b", "test-q"]}
        answered = await clients.call("POST", "/v2/snapshot/share", order)
        assert answered.status_code == (200 if how == "asleep" else AccountLimitExceeded.status)
        assert (await reset).status_code == 200

    together(cloud, run)

    for name in ("test", "test-b"):
        assert "s-theirs01" in shares(cloud, name)


def test_a_kill_while_the_calls_are_made_leaves_both_halves_or_none(seeded, monkeypatch, tmp_path):
    cloud = seeded(SHARING, state="kept")
    unshared(cloud)
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    left = []
    commit = cloud.emulator.store.rows.commit

    def committed(changes):
        answer = commit(changes)
        left.append(shutil.copytree(tmp_path / "kept", tmp_path / f"left-{len(left)}"))
        return answer

    cloud.emulator.store.rows.commit = committed

    async def run(clients: Clients) -> None:
        reset = asyncio.create_task(clients.control("POST", "reset?account=test-b"))
        for _ in range(8):
            await clients.call("POST", "/v2/volume", {"cdsSizeInGB": 20} | POSTPAID)
        assert (await reset).status_code == 200

    together(cloud, run)
    del cloud.emulator.store.rows.commit

    seen = [(shares(each, "test"), shares(each, "test-b")) for each in map(start, left)]
    assert seen[-1] == (["s-theirs01"], ["s-theirs01"])
    assert all(mine == theirs for mine, theirs in seen)


def test_a_full_disk_at_the_end_undoes_what_the_calls_did_to_anybody(seeded, monkeypatch):
    cloud = seeded(SHARING, state="kept")
    unshared(cloud)
    monkeypatch.setattr(steps, "SECONDS", 0.0)

    async def run(clients: Clients) -> None:
        reset = asyncio.create_task(clients.control("POST", "reset?account=test-b"))
        await until(lambda: "test" in cloud.emulator.accounts.work)
        cloud.emulator.store.rows._connection.execute("PRAGMA query_only = 1")
        assert (await reset).status_code == 500
        cloud.emulator.store.rows._connection.execute("PRAGMA query_only = 0")
        assert (await clients.call("GET", "/v2/zone")).status_code == 200

    together(cloud, run)

    assert (shares(cloud, "test"), shares(cloud, "test-b")) == ([], [])


def test_a_start_whose_accounts_no_longer_fit_the_calls_goes_on_and_says_so(seeded, caplog):
    cloud = seeded(OF_FRIEND, state="kept")
    assert control(cloud, "DELETE", "accounts/test-a").status == 200
    cloud.emulator.close()

    again = seeded(OF_FRIEND, state="kept")

    assert "line 11: keep names 'result.0.snapshotId'" in caplog.text
    assert volumes(again, "test-a") == ["v-own00001"]


def test_a_call_that_meets_an_account_which_cannot_be_read_is_no_fault_of_the_seed(seeded, tmp_path):
    cloud = seeded(SHARING, state="kept")
    cloud.create()
    control(cloud, "PUT", "clock?account=*", {})
    put_to_sleep(cloud, "test")
    mark_misfit(file_of(str(tmp_path / "kept")))

    refused = control(cloud, "POST", "reset?account=test-b")

    assert refused.status == 500
    assert "account test: regions.bj.kinds.bcc.Instance" in refused.body["error"]
