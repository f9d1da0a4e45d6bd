"""Accounts on disk: a change that cannot be written is none, and is one account's."""

from __future__ import annotations

import pytest

from tests.cloud import Cloud
from tests.control.test_state import control, state
from tests.engine.persist.stores import ORDER, fail, restarted, started, without_lapsed


def block(cloud: Cloud, blocked: bool = True) -> None:
    """Have the disk refuse every change, or take them again."""
    cloud.emulator.store.rows._connection.execute(f"PRAGMA query_only = {int(blocked)}")


WRITE_FAILED = "nothing can be written to accounts.sqlite3 (attempt to write a readonly database); nothing was changed"


def test_a_change_that_cannot_be_written_is_undone_and_logged_once(directory, caplog):
    cloud = started(directory)
    cloud.create()
    control(cloud, "PUT", "clock", {})
    before = state(cloud)
    block(cloud)

    replies = [cloud.call("POST", "/v2/instanceBySpec", ORDER) for _ in range(3)]

    assert {(reply.status, reply.code) for reply in replies} == {(500, "InternalError")}
    assert {reply.headers["x-bce-emulator-explain"] for reply in replies} == {WRITE_FAILED}
    assert [record.getMessage()[:48] for record in caplog.records] == [
        "changes cannot be written to accounts.sqlite3 (a"
    ]
    assert without_lapsed(state(cloud)) == without_lapsed(before)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "clock", {"pace": 2}),
        ("POST", "reset", None),
        ("POST", "reset?account=*", None),
        ("POST", "accounts", {"accessKeyId": "minted"}),
        ("DELETE", "accounts/another", None),
        ("POST", "state/fork", {"from": "test", "to": "another"}),
        ("POST", "state/fork", {"from": "test", "to": "test-new"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("known", [False, True], ids=["the first to fail", "when it is known"])
def test_a_control_call_that_cannot_be_written_changes_nothing(directory, method, path, body, known):
    cloud = started(directory)
    control(cloud, "POST", "accounts", {"accessKeyId": "another"})
    cloud.create()
    control(cloud, "PUT", "clock", {})
    before = state(cloud), state(cloud, "another"), control(cloud, "GET", "accounts").body
    block(cloud)
    if known:
        cloud.call("POST", "/v2/instanceBySpec", ORDER)

    reply = control(cloud, method, path, body)

    assert (reply.status, reply.body["error"]) == (500, WRITE_FAILED)
    after = state(cloud), state(cloud, "another"), control(cloud, "GET", "accounts").body
    assert [without_lapsed(each) for each in after[:2]] == [without_lapsed(each) for each in before[:2]]
    assert sorted(map(str, after[2]["accounts"])) == sorted(map(str, before[2]["accounts"]))


POISONED = """
CREATE TEMP TRIGGER poisoned BEFORE INSERT ON kept WHEN NEW.account LIKE 'test-poisoned/%' AND NEW.kind = 'bcc.Instance'
BEGIN SELECT RAISE(ABORT, 'no more of this account'); END
"""


def test_one_account_whose_change_cannot_be_written_leaves_the_others_alone(directory, caplog):
    cloud = started(directory)
    there = cloud.create()
    cloud.access_key = "test-poisoned"
    cloud.ok("GET", "/v2/instance")
    cloud.emulator.store.rows._connection.execute(POISONED)
    others = cloud.emulator.accounts.by_name["test"]

    refused = [cloud.call("POST", "/v2/instanceBySpec", ORDER) for _ in range(2)]

    assert [(reply.status, reply.code) for reply in refused] == [(500, "InternalError")] * 2
    assert "no more of this account" in refused[1].headers["x-bce-emulator-explain"]
    assert caplog.text.count("a change of test-poisoned was undone, others go on") == 2
    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    assert control(cloud, "GET", "ready").status == 200
    assert cloud.emulator.accounts.by_name["test"] is others
    cloud.access_key = "test"
    again = restarted(cloud)
    assert [each["id"] for each in again.ok("GET", "/v2/instance")["instances"]] == [there]


def test_an_account_that_cannot_be_put_into_rows_is_undone_and_does_not_stand_in_the_way(directory, monkeypatch):
    cloud = started(directory)
    monkeypatch.setattr("bce_emulator.engine.persist.tracker.fields_of", fail)

    with pytest.raises(OSError, match="No space left"):
        cloud.call("POST", "/v2/instanceBySpec", ORDER)

    monkeypatch.undo()
    assert control(cloud, "PUT", "clock", {"pace": 2}).status == 200
    assert cloud.ok("GET", "/v2/instance")["instances"] == []


def test_a_planned_fault_outlasts_a_change_that_cannot_be_written(directory):
    cloud = started(directory)
    cloud.create()
    control(cloud, "POST", "faults", {"operation": "ListZones", "error": "InternalError"})
    block(cloud)
    cloud.call("POST", "/v2/instanceBySpec", ORDER)

    block(cloud, blocked=False)

    assert len(control(cloud, "GET", "faults").body["faults"]) == 1


def test_it_is_not_ready_while_changes_cannot_be_written_and_ready_once_they_can(directory):
    cloud = started(directory)
    block(cloud)
    cloud.call("POST", "/v2/instanceBySpec", ORDER)

    failed = control(cloud, "GET", "ready")
    block(cloud, blocked=False)

    assert (failed.status, failed.body["error"]) == (503, WRITE_FAILED)
    assert control(cloud, "GET", "ready").status == 200
    instance = cloud.create()
    assert restarted(cloud).status(instance) == "Starting"


def test_a_request_is_handled_again_as_soon_as_changes_can_be_written(directory):
    cloud = started(directory)
    block(cloud)
    refused = cloud.call("GET", "/v2/instance").status, cloud.call("POST", "/v2/instanceBySpec", ORDER).status

    block(cloud, blocked=False)

    assert refused == (500, 500)
    assert len(cloud.ok("GET", "/v2/instance")["instances"]) == 0


def test_a_change_that_was_written_but_not_counted_is_there_and_reported(directory, monkeypatch):
    cloud = started(directory)
    cloud.create()
    control(cloud, "PUT", "clock", {})
    monkeypatch.setattr(cloud.emulator.store.rows._count, "note", fail)

    reply = cloud.call("POST", "/v2/instanceBySpec", ORDER)

    assert (
        "the change was made, but accounts.sqlite3-count does not count it" in reply.headers["x-bce-emulator-explain"]
    )
    assert len(state(cloud)["regions"]["bj"]["kinds"]["bcc.Instance"]["kept"]) == 2
