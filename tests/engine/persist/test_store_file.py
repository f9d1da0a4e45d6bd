"""What a kill leaves, damaged since: whatever was acknowledged and is not there any more is missed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bce_emulator.engine.persist import log_mover, store_file
from bce_emulator.engine.persist.store_file import COUNT, FILE, LOG, checkpoint, read_count
from bce_emulator.engine.steps import at_once
from bce_emulator.settings import SettingError
from tests.cloud import Cloud
from tests.control.test_state import control, state
from tests.engine.persist.stores import CREATED, contents, count, look_fails, start

HEADER, FRAME = 32, 24 + 4_096


@pytest.fixture
def emptied(tmp_path) -> Path:
    """The same, where the log was moved into the file before the last creation."""
    directory = tmp_path / "state"
    cloud = Cloud(state=str(directory), freeze=False)
    control(cloud, "PUT", "clock", {"frozen": True})
    for _ in range(CREATED - 1):
        cloud.create()
    rows = cloud.emulator.store.rows
    assert checkpoint(rows._connection)
    at_once(rows._count.seal(rows._number))
    cloud.create()
    shutil.copytree(directory, tmp_path / "left")
    cloud.emulator.close()
    return tmp_path / "left"


def flip(account_key: Callable[[int], int]) -> Callable[[Path], None]:
    def change(log: Path) -> None:
        content = bytearray(log.read_bytes())
        content[account_key(len(content))] ^= 1
        log.write_bytes(content)

    return change


def cut(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-FRAME])


def empty(log: Path) -> None:
    log.write_bytes(b"")


def test_what_a_kill_leaves_is_whole(left):
    assert sorted(contents(left)) == [FILE, COUNT, LOG]
    assert (left / LOG).stat().st_size > HEADER + 2 * FRAME

    cloud = start(left)

    assert count(cloud) == CREATED
    cloud.emulator.close()
    assert sorted(file.name for file in left.iterdir()) == [FILE, COUNT]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(Path.unlink, id="removed"),
        pytest.param(empty, id="emptied"),
        pytest.param(cut, id="last frame cut off"),
        pytest.param(flip(lambda _: 3), id="magic number"),
        pytest.param(flip(lambda _: 20), id="salt"),
        pytest.param(flip(lambda _: HEADER + 30), id="first frame"),
        pytest.param(flip(lambda size: HEADER + (size - HEADER) // FRAME // 2 * FRAME + 99), id="one in the middle"),
        pytest.param(flip(lambda size: size - 1), id="last frame"),
    ],
)
def test_a_log_that_lost_something_is_refused_and_everything_left_as_it_is(left, damage):
    damage(left / LOG)
    before = contents(left)

    for _ in range(2):
        with pytest.raises(SettingError, match=r"\d+ of \d+ acknowledged changes are lost"):
            start(left)

        assert contents(left) == before


@pytest.mark.sweep(4)
@pytest.mark.parametrize("seed", range(20))
def test_bits_of_a_log_that_turned_over_are_refused_or_harmless(left, seed):
    shutil.copytree(left, whole := left.with_name("whole"))
    before = state(start(whole))
    chance = random.Random(seed)
    flip(chance.randrange)(left / LOG)
    damaged = contents(left)

    try:
        cloud = start(left)
    except SettingError:
        assert contents(left) == damaged
    else:
        assert state(cloud) == before


def test_of_a_log_that_was_begun_anew_in_its_place_only_what_is_behind_its_end_does_not_matter(left, monkeypatch):
    cloud = start(left)
    mover = cloud.emulator.store.rows._mover
    monkeypatch.setattr(log_mover, "MAX_LOG", 0)
    cloud.create()
    mover._due = 0
    mover.look(read_count(left / COUNT)[0], 1)
    mover.wait()
    size = (left / LOG).stat().st_size
    cloud.create()
    assert (left / LOG).stat().st_size == size
    for name in ("whole", "behind", "within"):
        shutil.copytree(left, left.with_name(name))
    flip(lambda size: size - 1)(left.with_name("behind") / LOG)
    flip(lambda _: HEADER + FRAME + 99)(left.with_name("within") / LOG)

    assert count(start(left.with_name("whole"))) == count(start(left.with_name("behind"))) == CREATED + 2
    with pytest.raises(
        SettingError, match="1 of .* acknowledged changes are lost|2 of .* acknowledged changes are lost"
    ):
        start(left.with_name("within"))


def test_an_older_copy_of_the_file_is_refused(left):
    cloud = start(left)
    cloud.emulator.close()
    old = (left / FILE).read_bytes()
    cloud = start(left)
    cloud.create()
    cloud.emulator.close()
    (left / FILE).write_bytes(old)

    with pytest.raises(SettingError, match="1 of .* acknowledged changes are lost"):
        start(left)


def test_after_a_kill_no_row_is_looked_at_of_a_file_that_is_what_it_was_at_its_last_checkpoint(emptied, monkeypatch):
    monkeypatch.setattr(store_file, "_check_rows", look_fails)

    assert count(start(emptied)) == CREATED


def test_a_file_of_whose_log_a_part_was_moved_when_it_was_killed_is_looked_at_row_by_row(emptied, monkeypatch):
    connection = sqlite3.connect(emptied / FILE)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    shutil.copytree(emptied, cut_short := emptied.with_name("cut short"))
    connection.close()
    with monkeypatch.context() as patched:
        patched.setattr(store_file, "_check_rows", look_fails)
        with pytest.raises(SettingError, match="a look at every row"):
            start(cut_short)

    assert count(start(cut_short)) == CREATED


@pytest.mark.parametrize("damage", [Path.unlink, empty, cut])
def test_a_log_that_is_lost_is_missed_though_the_file_is_what_it_was_at_its_last_checkpoint(emptied, damage):
    damage(emptied / LOG)
    before = contents(emptied)

    with pytest.raises(SettingError, match="[12] of .* acknowledged changes are lost"):
        start(emptied)

    assert contents(emptied) == before


@pytest.mark.parametrize("seed", range(10))
def test_bits_of_a_file_that_turned_over_beside_its_log_are_refused_or_harmless(emptied, seed):
    shutil.copytree(emptied, whole := emptied.with_name("whole"))
    before = state(start(whole))
    chance = random.Random(seed)
    flip(chance.randrange)(emptied / FILE)
    damaged = contents(emptied)

    try:
        cloud = start(emptied)
    except SettingError:
        assert contents(emptied) == damaged
    else:
        assert state(cloud) == before


def test_the_number_that_the_message_names_accepts_the_loss(left):
    cut(left / LOG)
    with pytest.raises(SettingError) as error:
        start(left)
    number = str(error.value).partition("write ")[2].partition(" into")[0]

    (left / COUNT).write_text(number)

    assert count(start(left)) == CREATED - 1


def test_a_kill_before_the_count_was_noted_is_no_loss(left):
    noted, seal = read_count(left / COUNT)
    (left / COUNT).write_bytes(b"%020d\n%s" % (noted - 1, seal))

    assert count(start(left)) == CREATED


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (Path.unlink, f"{COUNT} is missing"),
        (empty, f"{COUNT} is damaged"),
        (lambda file: file.write_text("many"), f"{COUNT} is damaged"),
    ],
)
def test_a_count_that_is_gone_or_damaged_is_refused(left, damage, message):
    damage(left / COUNT)
    before = contents(left)

    with pytest.raises(SettingError, match=message):
        start(left)

    assert contents(left) == before


@pytest.mark.parametrize("gone", [(FILE,), (FILE, LOG)])
def test_a_file_that_is_gone_is_missed(left, gone):
    for name in gone:
        (left / name).unlink()

    with pytest.raises(SettingError, match=f"{FILE} is missing, but"):
        start(left)


def test_a_commit_that_only_deletes_is_counted(left):
    cloud = start(left)
    minted = control(cloud, "POST", "accounts").body["accessKeyId"]
    control(cloud, "DELETE", f"accounts/{minted}")
    noted = read_count(left / COUNT)[0]
    cloud.emulator.close()

    cloud = start(left)

    assert read_count(left / COUNT)[0] == noted
    assert minted not in str(control(cloud, "GET", "accounts").body)


def test_a_directory_whose_making_was_cut_short_is_made_again(tmp_path):
    (tmp_path / COUNT).write_text("0")

    start(tmp_path).create()
