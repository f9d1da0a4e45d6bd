"""Accounts on disk: what is there after a restart, and which directories are refused."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from bce_emulator.cloud import Emulator
from bce_emulator.engine.persist.store_file import COUNT, FILE, LOG, _seal_of, crc_of, read_count
from bce_emulator.settings import SettingError, collect
from tests.cloud import LINUX, SPEC, Cloud
from tests.control.test_state import control, state
from tests.sample_resources import create_sample_resources, list_responses

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


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


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
CREATE TEMP TRIGGER poisoned BEFORE INSERT ON kept WHEN NEW.account = 'test-poisoned' AND NEW.kind = 'bcc.Instance'
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
    monkeypatch.setattr(cloud.emulator.store.rows._count, "note", fail)

    reply = cloud.call("POST", "/v2/instanceBySpec", ORDER)

    assert (
        "the change was made, but accounts.sqlite3-count does not count it" in reply.headers["x-bce-emulator-explain"]
    )
    assert len(state(cloud)["regions"]["bj"]["kinds"]["bcc.Instance"]["kept"]) == 2


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
    ("damage", "reason"),
    [
        (truncate, "is damaged ("),
        (empty, "is damaged (it is empty)"),
        (overwrite, "is damaged (file is not a database)"),
        (flip, "is damaged (a row of account 'test' is not what was written)"),
        (flip_page, "is damaged ("),
        (
            sql("UPDATE kept SET json = '{}' WHERE kind = '(common)'"),
            "is damaged (a row of account 'test' is not what was written)",
        ),
        (sql("DELETE FROM kept WHERE kind = '(common)'"), "is damaged (account 'test' is not whole)"),
        (sql("DROP TABLE kept"), "cannot be used (no such table: kept)"),
        (sql("PRAGMA user_version = 1"), "has format 1, and this version reads formats 3 and 4"),
        (sql("PRAGMA application_id = 7"), "was not made by bce-emulator"),
        (another_kind, "account test: regions.bj.kinds.Rocket: no such member"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_left_as_it_is(directory, damage, reason):
    file = filled(directory)
    damage(file)
    content = file.read_bytes()

    with pytest.raises(SettingError) as error:
        Cloud(state=directory)

    assert str(error.value).startswith(f"--state {directory}: {FILE}")
    assert reason in str(error.value)
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


@pytest.mark.sweep(4)
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


def test_the_list_of_accounts_tells_of_those_that_nobody_asked_for_and_reads_none(directory):
    cloud = started(directory)
    cloud.create()
    control(cloud, "POST", "accounts", {"accessKeyId": "another"})
    before = control(cloud, "GET", "accounts").body["accounts"]
    cloud.emulator.close()

    again = Cloud(state=directory, freeze=False)

    accounts = control(again, "GET", "accounts").body["accounts"]
    assert sorted(accounts, key=str) == sorted(before, key=str)
    assert not again.emulator.accounts.by_name


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


def instances(cloud: Cloud, account: str) -> list[dict]:
    regions = state(cloud, account)["regions"]
    return regions.get("bj", {"kinds": {}})["kinds"].get("bcc.Instance", {"kept": []})["kept"]


def mark_misfit(file: Path) -> None:
    """A row that is what was written, of an emulator whose instances had other facts."""
    connection = sqlite3.connect(file)
    *key, text = connection.execute(
        "SELECT account, region, kind, id, json FROM kept WHERE kind = 'bcc.Instance'"
    ).fetchone()
    text = text.replace(b'"zone"', b'"zoo"')
    changed = (text, crc_of(tuple(key), text), *key)
    connection.execute(
        "UPDATE kept SET json = ?, crc = ? WHERE account = ? AND region = ? AND kind = ? AND id = ?", changed
    )
    connection.commit()
    connection.close()


def test_an_account_that_does_not_fit_is_refused_when_it_is_asked_for_and_left_as_it_is(directory, caplog):
    file = filled(directory)
    mark_misfit(file)
    cloud = Cloud("test", state=directory, freeze=False)

    refused = cloud.call("GET", "/v2/instance")

    assert (refused.status, "kinds.bcc.Instance" in refused.headers["x-bce-emulator-explain"]) == (500, True)
    assert "account test cannot be read" in caplog.text
    assert "kinds.bcc.Instance" in control(cloud, "GET", "clock").body["error"]
    cloud.access_key = "test-2"
    assert cloud.create()


@pytest.mark.parametrize("size", [1, 15, 16, 99, 100, 511, 512, 4095, 4096, 4097, 8192, 10_000])
def test_a_file_that_was_cut_is_refused_and_its_log_left_as_it_is(directory, tmp_path, size):
    cloud = started(directory)
    cloud.create()
    left = tmp_path / "left"
    shutil.copytree(directory, left)
    cloud.emulator.close()
    (left / FILE).write_bytes((Path(directory) / FILE).read_bytes()[:size])
    before = {file.name: file.read_bytes() for file in left.iterdir()}
    assert LOG in before

    with contextlib.suppress(SettingError):
        whole = Cloud(state=str(left), freeze=False)
        assert len(instances(whole, "test")) == 1
        return

    assert {file.name: file.read_bytes() for file in left.iterdir()} == before


def test_a_start_on_a_full_disk_is_refused_and_leaves_nothing(directory, monkeypatch):
    monkeypatch.setattr("bce_emulator.engine.persist.store_file.SCHEMA", "CREATE TABLE kept (id); SELECT no_room()")

    with pytest.raises(SettingError, match="no_room"):
        Cloud(state=directory)

    assert list(Path(directory).iterdir()) == []


def test_a_first_write_that_fails_is_refused_with_what_set_the_directory(directory, tmp_path, monkeypatch):
    seed = tmp_path / "seed.yaml"
    seed.write_text("accounts: {test: {}}")
    monkeypatch.setattr("bce_emulator.engine.persist.sqlite_rows.WRITE", "INSERT INTO nowhere VALUES (1)")

    for settings, source in (
        (collect({"state": directory, "seed": str(seed)}, {}), "--state"),
        (collect({"seed": str(seed)}, {"BCE_EMULATOR_STATE": directory}), "BCE_EMULATOR_STATE"),
    ):
        with pytest.raises(SettingError, match=f"^{source} {directory}: nothing can be written to {FILE}"):
            Emulator(settings)


def test_a_file_that_was_closed_is_not_looked_at_row_by_row_until_it_is_another(directory, monkeypatch):
    file = filled(directory)
    monkeypatch.setattr("bce_emulator.engine.persist.store_file._check_rows", fail)
    Cloud(state=directory, freeze=False).emulator.close()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    with pytest.raises(SettingError, match="No space left"):
        Cloud(state=directory)


def test_the_format_of_a_file_is_asked_for_even_if_it_is_what_was_left(directory):
    file = filled(directory)
    sql("PRAGMA user_version = 5")(file)
    number = read_count(file.with_name(COUNT))[0]
    with file.open("rb") as content:
        file.with_name(COUNT).write_bytes(b"%020d\n%s" % (number, _seal_of(content, number)))

    with pytest.raises(SettingError, match="has format 5, and this version reads formats 3 and 4"):
        Cloud(state=directory)


def test_a_file_of_the_format_before_is_read_whole_and_is_of_this_one_then(directory, monkeypatch):
    file = filled(directory)
    sql("DELETE FROM kept WHERE kind = '(commit)'", "PRAGMA user_version = 3")(file)
    number = read_count(file.with_name(COUNT))[0]

    cloud = Cloud(state=directory, freeze=False)
    there = len(instances(cloud, "test"))
    cloud.emulator.close()
    monkeypatch.setattr("bce_emulator.engine.persist.store_file._check_rows", fail)

    assert there == len(instances(Cloud(state=directory, freeze=False), "test")) > 0
    assert read_count(file.with_name(COUNT))[0] >= number


@pytest.mark.parametrize("chunks", [2, 3])
def test_of_a_large_file_chunks_are_compared_and_the_rest_row_by_row_when_it_is_read(directory, monkeypatch, chunks):
    monkeypatch.setattr("bce_emulator.engine.persist.store_file.CHUNK", 4_096)
    monkeypatch.setattr("bce_emulator.engine.persist.store_file.CHUNKS", chunks)
    file = filled(directory)
    Cloud(state=directory, freeze=False).emulator.close()
    content = bytearray(file.read_bytes())
    at = content.index(b'"zone"')
    content[at + 1] ^= 1
    file.write_bytes(content)

    cloud = Cloud("test", state=directory, freeze=False)
    refused = cloud.call("GET", "/v2/instance")

    assert refused.status == 500
    assert "a row of account 'test' is not what was written" in refused.headers["x-bce-emulator-explain"]
