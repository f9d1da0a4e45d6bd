"""A directory of accounts is one process's."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from bce_emulator.engine.persist import directory_lock
from bce_emulator.engine.persist.store_file import FILE
from bce_emulator.settings import SettingError
from tests.engine.persist.stores import start


def test_who_locks_a_file_as_sqlite_does_keeps_it_for_himself_and_is_kept_out(left):
    other = sqlite3.connect(left / FILE, isolation_level=None, timeout=0)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(SettingError, match="is in use by another process"):
        start(left)
    other.execute("COMMIT")
    other.close()

    cloud = start(left)

    other = sqlite3.connect(left / FILE, isolation_level=None, timeout=0)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN EXCLUSIVE")
    other.close()
    assert cloud.create()


def test_a_file_system_without_locks_is_refused_with_what_it_said(left, monkeypatch):
    def no_locks(_file: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(directory_lock, "_lock", no_locks)

    with pytest.raises(SettingError, match="No locks available"):
        start(left)
