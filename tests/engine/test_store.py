"""Accounts on disk: what is there after a restart, and which directories are refused."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.cloud import LINUX, SPEC, Cloud
from tests.control.test_state import control, state
from tests.world import make_world, seen

from bce_emulator.engine.persist.store_file import FILE, LOG, crc_of
from bce_emulator.settings import SettingError

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


@pytest.fixture
def directory(tmp_path) -> str:
    return str(tmp_path / "state")


def restarted(cloud: Cloud) -> Cloud:
    """The same emulator in another process, from what is on disk while the first one still runs, as a kill leaves it."""
    left = f"{cloud.emulator.settings.state}-left"
    shutil.copytree(cloud.emulator.settings.state, left)
    cloud.emulator.close()
    cloud.emulator.store = cloud.emulator.dispatcher.keep = None
    again = Cloud.__new__(Cloud)
    again.__dict__ |= cloud.__dict__
    fresh = Cloud(state=left, freeze=False)
    again.emulator, again.application = fresh.emulator, fresh.application
    return again


def started(directory: str, **settings) -> Cloud:
    cloud = Cloud(state=directory, freeze=False, **settings)
    control(cloud, "PUT", "clock", {"frozen": True})
    return cloud


def without_lapsed(document: dict) -> dict:
    return document | {"clock": document["clock"] | {"lapsed": [], "number": 0}}


def test_everything_is_there_after_a_restart_and_has_the_same_future(directory):
    cloud = started(directory)
    make_world(cloud)
    control(cloud, "PUT", "clock", {})
    before, lists = state(cloud), seen(cloud)

    again = restarted(cloud)

    assert without_lapsed(state(again)) == without_lapsed(before)
    assert seen(again) == lists
    assert cloud.clock.advance(200) == again.clock.advance(200)
    assert seen(again) == seen(cloud)


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
    make_world(cloud)
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
    lists = seen(cloud)

    assert seen(restarted(cloud)) == lists


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
    before = cloud.emulator.store._connection.total_changes

    cloud.status(instance)
    cloud.call("PUT", f"/v2/instance/{instance}?start", {})

    assert cloud.emulator.store._connection.total_changes == before


def test_a_change_that_cannot_be_written_is_not_acknowledged_and_logged_once(directory, caplog):
    cloud = started(directory)
    cloud.emulator.store._connection.execute("PRAGMA query_only = 1")

    replies = [cloud.call("POST", "/v2/instanceBySpec", ORDER) for _ in range(3)]

    assert {(reply.status, reply.code) for reply in replies} == {(500, "InternalError")}
    told = "the change was made, but it could not be written to accounts.sqlite3 (attempt to write a readonly database)"
    assert {reply.headers["x-bce-emulator-explain"] for reply in replies} == {told}
    assert [record.getMessage()[:48] for record in caplog.records] == [
        "changes cannot be written to accounts.sqlite3 (a"
    ]
    assert "attempt to write a readonly database" in control(cloud, "PUT", "clock", {"pace": 2}).body["error"]


def test_a_fork_that_cannot_be_written_is_not_acknowledged_and_written_with_the_next_change(directory):
    cloud = started(directory)
    make_world(cloud)
    connection = cloud.emulator.store._connection
    connection.execute("PRAGMA query_only = 1")
    reply = control(cloud, "POST", "state/fork", {"from": "test", "to": "test-2"})
    connection.execute("PRAGMA query_only = 0")
    control(cloud, "PUT", "clock", {})
    document = state(cloud, "test-2")

    again = restarted(cloud)

    assert (reply.status, reply.body["error"][:24]) == (500, "the change was made, but")
    assert without_lapsed(state(again, "test-2")) == without_lapsed(document)


def test_it_is_not_ready_while_changes_cannot_be_written_and_ready_once_they_can(directory):
    cloud = started(directory)
    connection = cloud.emulator.store._connection
    connection.execute("PRAGMA query_only = 1")
    cloud.call("POST", "/v2/instanceBySpec", ORDER)

    failed = control(cloud, "GET", "ready")
    connection.execute("PRAGMA query_only = 0")

    assert (failed.status, failed.body["error"][:29]) == (503, "the last change was made, but")
    assert control(cloud, "GET", "ready").status == 200
    assert state(restarted(cloud))["regions"]["bj"]["numbers"]


def file_of(directory: str) -> Path:
    return Path(directory) / FILE


def filled(directory: str) -> Path:
    cloud = started(directory)
    for _ in range(20):
        cloud.create()
    cloud.emulator.close()
    return file_of(directory)


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5_000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def overwrite(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1_000)


def flip(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"zone":"cn-bj-a"', b'"zone":"cn-bj-z"', 1))


def flip_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8_192:8_200] = b"\xff" * 8
    file.write_bytes(content)


def sql(*statements: str):
    def change(file: Path) -> None:
        connection = sqlite3.connect(file, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return change


def another_kind(file: Path) -> None:
    key, text = ("test", "bj", "Rocket", "r-1"), json.dumps({"id": "r-1", "serial": 1}).encode()
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, 1)", (*key, text, crc_of(key, text)))
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (truncate, "is damaged ("),
        (empty, "is damaged (it is empty)"),
        (overwrite, "is damaged (file is not a database)"),
        (flip, "is damaged (a row of account 'test' is not what was written)"),
        (flip_page, "is damaged ("),
        (
            sql("UPDATE kept SET json = '{}' WHERE rowid = 1"),
            "is damaged (a row of account 'test' is not what was written)",
        ),
        (sql("DELETE FROM kept WHERE kind = '(common)'"), "is damaged (account 'test' is not whole)"),
        (sql("DROP TABLE kept"), "cannot be used (no such table: kept)"),
        (sql("PRAGMA user_version = 1"), "has format 1, and this version reads format 3"),
        (sql("PRAGMA application_id = 7"), "was not made by bce-emulator"),
        (another_kind, "account test: regions.bj.kinds.Rocket: no such member"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_left_as_it_is(directory, damage, told):
    file = filled(directory)
    damage(file)
    content = file.read_bytes()

    with pytest.raises(SettingError) as error:
        Cloud(state=directory)

    assert str(error.value).startswith(f"--state {directory}: {FILE}")
    assert told in str(error.value)
    assert file.read_bytes() == content


def test_a_directory_that_another_emulator_uses_is_refused(directory):
    cloud = started(directory)

    with pytest.raises(SettingError, match="is in use by another process"):
        Cloud(state=directory)

    cloud.create()


def test_a_log_without_its_file_is_refused(directory):
    Path(directory).mkdir()
    file_of(directory).with_name(f"{FILE}-wal").write_bytes(b"something")

    with pytest.raises(SettingError, match=f"{FILE} is missing, but {LOG} is there"):
        Cloud(state=directory)


def test_a_directory_that_is_none_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingError, match="--state .*file: File exists"):
        Cloud(state=str(tmp_path / "file"))


def test_the_file_is_for_its_owner_alone(directory):
    started(directory)

    assert file_of(directory).stat().st_mode & 0o077 == 0
    assert Path(directory).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("seed", range(20))
def test_bits_that_turned_over_are_refused_or_harmless_but_never_believed(directory, seed):
    file = filled(directory)
    cloud = Cloud(state=directory, freeze=False)
    before = state(cloud)
    cloud.emulator.close()
    content = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)

    try:
        cloud = Cloud(state=directory, freeze=False)
    except SettingError:
        assert file.read_bytes() == content
    else:
        assert state(cloud) == before
