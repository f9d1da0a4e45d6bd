"""``with Emulator() as cloud``: the emulator for tests of any framework."""

from __future__ import annotations

import json
import socket
import threading

import pytest

from bce_emulator.cli.run_file import url
from bce_emulator.settings import SettingError
from bce_emulator.testing import Emulator
from bce_emulator.testing.account import ControlError


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


def test_what_the_control_api_refuses_is_explained(account):
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


WRONG = [
    ({"auth": "of"}, "--auth is one of verify, off, not 'of'; did you mean off?"),
    ({"auth": False}, "--auth is one of verify, off, not 'False'"),
    ({"signature_errors": "obsrved"}, "--signature-errors is one of documented, observed, not 'obsrved'; did you mean observed?"),
    ({"log_level": "x"}, "--log-level is one of debug, info, warning, error, not 'x'"),
    ({"max_body_bytes": "x"}, "--max-body-bytes is a whole number from 1 to 1073741824, not 'x'"),
    ({"port": 70000}, "--port is a whole number from 0 to 65535, not '70000'"),
    ({"pace": "fast"}, "--pace is instant, quick, realistic or a factor from 0 on, not 'fast'"),
    ({"credentials": "a"}, "--credentials is AK:SK[:SESSION_TOKEN], several joined by commas"),
    ({"sed": "example"}, "there is no setting sed; did you mean seed?"),
    ({"host": "203.0.113.1"}, "cannot listen on 203.0.113.1:0: "),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "message"), WRONG, ids=[str(settings) for settings, _ in WRONG])
def test_a_setting_that_serve_would_refuse_is_refused_in_the_same_words(settings, message):
    with pytest.raises(SettingError) as refusal:
        Emulator(**settings)

    assert str(refusal.value).startswith(message)


def test_settings_are_refused_for_an_emulator_elsewhere_too(cloud):
    with pytest.raises(SettingError, match="did you mean seed"):
        Emulator(cloud.endpoint, sed="example")


def test_values_may_be_of_the_type_that_fits(tmp_path):
    with Emulator(port="0", pace=0, state=tmp_path / "kept") as cloud:
        assert cloud.clock.pace == 0


def test_the_environment_is_about_an_emulator_elsewhere(cloud, monkeypatch):
    monkeypatch.setenv("BCE_EMULATOR_CREDENTIALS", "mine:a-secret-key-of-mine")

    assert Emulator(cloud.endpoint).credentials.access_key == "mine"
    with Emulator() as own:
        assert own.call("GET", "/v2/zone").status == 200


def test_an_emulator_that_cannot_be_driven_is_stopped_again():
    before = set(threading.enumerate())
    emulator = Emulator(control="off")

    with pytest.raises(ControlError, match="--control off"):
        emulator.start()

    assert set(threading.enumerate()) <= before


def test_one_that_was_never_started_can_be_stopped(tmp_path):
    for _ in range(2):
        Emulator(state=tmp_path / "kept").stop()


def test_a_seed_that_does_not_fit_leaves_the_port_free(tmp_path):
    with Emulator() as cloud:
        port = int(cloud.endpoint.rpartition(":")[2])

    with pytest.raises(SettingError, match="nowhere.yaml"):
        Emulator(port=port, seed=tmp_path / "nowhere.yaml")

    with Emulator(port=port) as cloud:
        assert cloud.endpoint.endswith(f":{port}")


@pytest.mark.parametrize(
    ("host", "rendered"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "localhost")]
)
def test_the_endpoint_is_one_that_clients_can_use(host, rendered):
    assert url(host, 8080) == f"http://{rendered}:8080"


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:{}", "127.0.0.1:{}"])
def test_where_no_emulator_answers_the_address_is_named(endpoint):
    with socket.create_server(("127.0.0.1", 0)) as free:
        endpoint = endpoint.format(free.getsockname()[1])

    with Emulator(endpoint) as cloud, pytest.raises(ControlError, match=f"no emulator answers at {endpoint}: "):
        cloud.clock.freeze()


def test_a_count_that_is_not_met_says_what_was_expected_and_what_fits(account):
    with pytest.raises(AssertionError, match=r"^requests of StopInstance: expected 1, and 0 fit; nearest: \[\]$"):
        account.journal.verify("StopInstance", count=1)
