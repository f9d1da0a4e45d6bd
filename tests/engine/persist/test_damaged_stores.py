"""Accounts on disk: which directories and files are refused, and left as they are."""

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
from bce_emulator.engine.steps import at_once
from bce_emulator.settings import SettingError, collect
from tests.cloud import Cloud
from tests.control.test_state import control, state
from tests.engine.persist.stores import fail, file_of, filled, instances, sql, started


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


def another_kind(file: Path) -> None:
    key, text = ("test/1", "bj", "Rocket", "r-1"), json.dumps({"id": "r-1", "serial": 1}).encode()
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
        (sql("PRAGMA user_version = 1"), "has format 1, and this version reads formats 3 to 5"),
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
    sql("PRAGMA user_version = 6")(file)
    number = read_count(file.with_name(COUNT))[0]
    with file.open("rb") as content:
        file.with_name(COUNT).write_bytes(b"%020d\n%s" % (number, at_once(_seal_of(content, number))))

    with pytest.raises(SettingError, match="has format 6, and this version reads formats 3 to 5"):
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
