"""The calls of a seed on accounts that begin together: their order, who waits for them, and what is kept."""

from __future__ import annotations

import asyncio
import copy
import threading
from collections import deque

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.steps import at_once
from bce_emulator.services.bcc.keypair import stock
from bce_emulator.settings import SettingError
from tests.cloud import Cloud
from tests.control.test_slices import Clients, together, until
from tests.control.test_state import control
from tests.engine.account.test_others import put_to_sleep
from tests.engine.persist.stores import restarted

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
