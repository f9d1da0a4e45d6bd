"""``with Emulator() as cloud``: the emulator for tests of any framework."""

from __future__ import annotations

import json

import pytest

from emulator.testing import Emulator
from emulator.testing_account import ControlError


@pytest.fixture(scope="module")
def cloud():
    with Emulator(seed="example") as cloud:
        yield cloud


@pytest.fixture
def account(cloud):
    with cloud.account() as account:
        yield account


def test_it_is_its_default_account_with_a_clock_that_stands_still(cloud):
    assert cloud.credentials == ("test", "bce-emulator-secret-key")
    assert cloud.control("GET", "clock")["frozen"]
    assert cloud.call("GET", "/v2/instance/i-YufwpQAe").body["instance"]["status"] == "Running"


def test_transitions_last_as_the_table_says(account):
    order = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
    instance = account.call("POST", "/v2/instanceBySpec", order).body["instanceIds"][0]

    assert account.clock.advance(29) == []
    assert account.clock.advance(1) == [f"Instance {instance} create Running"]


def test_a_pace_of_zero_ends_transitions_at_once(account):
    account.clock.pace = 0
    instance = account.instance()

    account.call("PUT", f"/v2/instance/{instance}?stop", {})

    assert account.call("GET", f"/v2/instance/{instance}").body["instance"]["status"] == "Stopped"
    assert account.clock.pace == 0


def test_a_clock_can_be_let_run(account):
    account.clock.run()
    assert not account.control("GET", "clock")["frozen"]

    account.clock.freeze()
    assert account.control("GET", "clock")["frozen"]


def test_facts_state_and_forks(account):
    account.set_facts(keypairQuota=0)
    document = account.state()

    account.fork_from("test")
    assert account.call("GET", "/v2/instance/i-YufwpQAe").status == 200

    account.restore(document)
    assert account.call("GET", "/v2/instance/i-YufwpQAe").status == 404
    assert account.call("POST", "/v2/keypair", {"name": "mine"}).status == 413


def test_the_environment_of_a_client_process(account):
    assert account.environment == {
        "BCE_EMULATOR_ENDPOINT": account.endpoint,
        "BCE_ACCESS_KEY_ID": account.credentials.access_key,
        "BCE_SECRET_ACCESS_KEY": account.credentials.secret_key,
    }


def test_what_the_control_api_refuses_is_told(account):
    with pytest.raises(ControlError, match="RebootInstance"):
        account.faults.plan("RebotInstance", "InternalError")

    account.faults.plan("RebootInstance", delay_seconds=0.01, times=2)
    account.faults.clear()
    assert account.faults.planned == []


def test_an_instance_that_is_refused_fails_the_test(account):
    with pytest.raises(AssertionError, match="refused"):
        account.instance(spec="none")


def test_an_account_is_gone_with_its_block(cloud):
    with cloud.account() as account:
        pass

    assert account.call("GET", "/v2/zone").body["code"] == "InvalidAccessKeyId"


def test_keys_of_ones_own_are_used():
    with Emulator(credentials="mine:a-secret-key-of-mine") as cloud:
        assert cloud.call("GET", "/v2/zone").status == 200
        assert cloud.credentials.access_key == "mine"


def test_entries_are_filtered(account):
    account.call("GET", "/v2/zone")
    account.call("GET", "/v2/instance/i-nowhere1")

    assert [entry["status"] for entry in account.journal.entries(status="4xx")] == [404]
    assert json.dumps(account.journal.entries(operation="ListZones"))
    assert len(account.journal) == 2
