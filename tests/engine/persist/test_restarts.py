"""Accounts on disk: what is there after a restart, and when it is read."""

from __future__ import annotations

import pytest

from tests.cloud import Cloud
from tests.control.test_state import control, state
from tests.engine.persist.stores import ORDER, instances, restarted, started, without_lapsed
from tests.sample_resources import create_sample_resources, list_responses


def test_everything_is_there_after_a_restart_and_has_the_same_future(directory):
    cloud = started(directory)
    create_sample_resources(cloud)
    control(cloud, "PUT", "clock", {})
    before, lists = state(cloud), list_responses(cloud)

    again = restarted(cloud)

    assert without_lapsed(state(again)) == without_lapsed(before)
    assert list_responses(again) == lists
    assert cloud.clock.advance(200) == again.clock.advance(200)
    assert list_responses(again) == list_responses(cloud)


def test_what_was_removed_stays_removed(directory):
    cloud = started(directory)
    instance = cloud.create()
    cloud.ok("DELETE", f"/v2/instance/{instance}")

    again = restarted(cloud)

    assert again.call("GET", f"/v2/instance/{instance}").status == 404
    assert again.create() != instance


def test_a_client_token_has_its_answer_after_a_restart(directory):
    cloud = started(directory)
    response = cloud.ok("POST", "/v2/instanceBySpec?clientToken=once", ORDER)

    again = restarted(cloud)

    assert again.ok("POST", "/v2/instanceBySpec?clientToken=once", ORDER) == response


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "clock", {"now": "2030-01-01T00:00:00Z", "pace": 3}),
        ("PUT", "clock", {"frozen": False}),
        ("POST", "clock/advance", {"seconds": 60}),
        ("PUT", "instances/{}", {"status": "Expired"}),
        ("POST", "reset", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_a_control_call_changed_is_there_after_a_restart(directory, method, path, body):
    cloud = started(directory)
    instance = cloud.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"][0]
    assert control(cloud, method, path.format(instance), body).status == 200
    before = state(cloud)

    again = restarted(cloud)

    assert without_lapsed(state(again)) == without_lapsed(before)


def test_a_state_that_was_put_and_a_fork_are_there_after_a_restart(directory):
    cloud = started(directory)
    create_sample_resources(cloud)
    document = state(cloud)
    control(cloud, "POST", "reset")
    control(cloud, "PUT", "state", document)
    control(cloud, "POST", "state/fork", {"from": "test", "to": "test-2"})

    again = restarted(cloud)

    assert without_lapsed(state(again)) == without_lapsed(document)
    assert without_lapsed(state(again, "test-2")) == without_lapsed(document | {"account": "test-2"})


def test_what_an_account_gives_to_another_is_there_after_a_restart(directory):
    cloud = started(directory)
    image = cloud.ok("POST", "/v2/image", {"imageName": "mine", "instanceId": cloud.create()})["imageId"]
    cloud.clock.advance(200)
    cloud.ok("POST", f"/v2/image/{image}?share", {"account": "test-2"})
    cloud.access_key = "test-2"
    lists = list_responses(cloud)

    assert list_responses(restarted(cloud)) == lists


def test_a_seed_is_planted_once_and_again_after_a_reset(directory):
    cloud = started(directory, seed="example")
    cloud.ok("PUT", "/v2/instance/i-YufwpQAe?stop", {})
    cloud.clock.advance(60)
    control(cloud, "PUT", "clock", {})
    cloud.emulator.close()

    again = started(directory, seed="example")

    assert again.status("i-YufwpQAe") == "Stopped"
    control(again, "POST", "reset")
    assert again.status("i-YufwpQAe") == "Running"


def test_a_clock_that_runs_has_gone_on_meanwhile(directory):
    cloud = started(directory)
    control(cloud, "PUT", "clock", {"now": "2030-01-01T00:00:00Z", "frozen": False})

    again = restarted(cloud)

    assert (again.clock.frozen, again.clock.now()) == (False, cloud.clock.now())


def test_an_answer_that_changes_nothing_writes_nothing(directory):
    cloud = started(directory)
    instance = cloud.create()
    cloud.status(instance)
    before = cloud.emulator.store.rows._connection.total_changes

    cloud.status(instance)
    cloud.call("PUT", f"/v2/instance/{instance}?start", {})

    assert cloud.emulator.store.rows._connection.total_changes == before


def test_an_account_is_read_when_it_is_first_asked_for(directory):
    cloud = started(directory)
    for number in range(3):
        cloud.access_key = f"test-{number}"
        cloud.create()
    cloud.emulator.close()

    again = Cloud("test-1", state=directory, freeze=False)

    assert list(again.emulator.accounts.by_name) == []
    assert len(again.ok("GET", "/v2/instance")["instances"]) == 1
    assert list(again.emulator.accounts.by_name) == ["test-1"]


def test_the_list_of_accounts_tells_of_those_that_nobody_asked_for_and_reads_none(directory, monkeypatch):
    cloud = started(directory)
    cloud.create()
    control(cloud, "POST", "accounts", {"accessKeyId": "another"})
    before = control(cloud, "GET", "accounts").body["accounts"]
    cloud.emulator.close()

    again = Cloud(state=directory, freeze=False)
    rows = again.emulator.store.rows
    counted = rows.sizes()
    monkeypatch.setattr(rows, "sizes", lambda: counted)

    accounts = control(again, "GET", "accounts").body["accounts"]
    assert sorted(accounts, key=str) == sorted(before, key=str)
    assert not again.emulator.accounts.by_name
    assert not counted, "what was counted is let go of one by one"


def share(cloud: Cloud) -> None:
    cloud.ok("POST", f"/v2/image/{cloud.image}?share", {"account": "test-2"})


@pytest.mark.parametrize(
    ("reach", "left"),
    [
        (lambda cloud: control(cloud, "POST", "clock/advance?account=*", {"seconds": 60}), {"test": 1, "test-2": 1}),
        (lambda cloud: control(cloud, "PUT", "facts?account=*", {"balance": 1.0}), {"test": 1, "test-2": 1}),
        (lambda cloud: control(cloud, "POST", "reset?account=*"), {}),
        (lambda cloud: control(cloud, "POST", "reset?account=test-2"), {"test": 1}),
        (lambda cloud: control(cloud, "DELETE", "accounts/test-2"), {"test": 1}),
        (
            lambda cloud: control(cloud, "POST", "state/fork", {"from": "test", "to": "test-2"}),
            {"test": 1, "test-2": 1},
        ),
        (
            lambda cloud: control(cloud, "POST", "state/fork", {"from": "test", "to": "test-3"}),
            {"test": 1, "test-2": 1, "test-3": 1},
        ),
        (share, {"test": 1, "test-2": 1}),
    ],
    ids=["advance", "facts", "reset of all", "reset", "removed", "fork onto it", "fork", "shared with it"],
)
def test_an_account_that_nobody_asked_for_is_reached_all_the_same(directory, reach, left):
    cloud = started(directory)
    cloud.image = cloud.ok("POST", "/v2/image", {"imageName": "mine", "instanceId": cloud.create()})["imageId"]
    cloud.clock.advance(200)
    control(cloud, "PUT", "clock", {})
    cloud.access_key = "test-2"
    cloud.create()
    cloud.emulator.close()
    again = Cloud(state=directory, freeze=False)
    again.image = cloud.image

    reach(again)

    again.emulator.close()
    final = Cloud(state=directory, freeze=False)
    rows = control(final, "GET", "accounts").body["accounts"]
    counts = {row["account"]: row["account"] in str(rows) and len(instances(final, row["account"])) for row in rows}
    assert {name: count for name, count in counts.items() if count} == left
