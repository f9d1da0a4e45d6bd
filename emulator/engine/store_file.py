"""The file that keeps accounts: making it whole, looking at it without touching it, and opening it for one process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

FILE = "accounts.sqlite3"
APPLICATION = 0x62636565
VERSION = 1
LEFT = "it was left as it is; move it away to start afresh"

SCHEMA = """
CREATE TABLE kept (
    account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    json BLOB NOT NULL, crc INTEGER NOT NULL,
    PRIMARY KEY (account, region, kind, id)
)
"""
READ = "SELECT account, region, kind, id, json, crc FROM kept ORDER BY rowid"

Key = tuple[str, str, str, str]


class StoreError(ValueError):
    """A directory that can not be used, and why."""


def crc_of(key: Key, text: bytes) -> int:
    """The checksum of a row."""
    return crc32(text, crc32("\n".join(key).encode()))


def rows_of(connection: sqlite3.Connection) -> Iterator[tuple[Key, bytes]]:
    """Every row, or the news that one is damaged."""
    for *key, text, crc in connection.execute(READ):
        row: Key = tuple(key)
        if type(text) is not bytes or crc != crc_of(row, text):
            raise StoreError(f"{FILE} is damaged (a row of account {row[0]!r} is not what was written); {LEFT}")
        yield row, text


def prepare(path: Path) -> None:
    """Have the directory, and the file whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    if path.with_name(f"{FILE}-wal").exists():
        raise StoreError(f"{FILE} is missing, but its {FILE}-wal is there: put it back, or move that away too")
    new = path.with_name(f"{FILE}.{os.getpid()}")
    new.touch(mode=0o600)
    connection = sqlite3.connect(new, isolation_level=None)
    connection.executescript(f"{SCHEMA}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}")
    connection.close()
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:
        new.replace(path)  # a file system without hard links
    finally:
        new.unlink(missing_ok=True)


def inspect(path: Path) -> None:
    """Look at a file without writing a byte of it."""
    if path.stat().st_size == 0:
        raise StoreError(f"{FILE} is damaged (it is empty); {LEFT}")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise StoreError(f"{FILE} was not made by bce-emulator; {LEFT}")
        if version != VERSION:
            raise StoreError(f"{FILE} has format {version}, and this version reads format {VERSION}; {LEFT}")
        wrong = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if wrong != "ok":
            raise StoreError(f"{FILE} is damaged ({' '.join(wrong.split())}); {LEFT}")
        for _ in rows_of(connection):
            pass
    finally:
        connection.close()


def open_for_one(path: Path) -> sqlite3.Connection:
    """Open a file that belongs to nobody else until it is closed."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    return connection


def told(error: sqlite3.Error) -> str:
    """What SQLite found, for a reader."""
    if "locked" in str(error):
        return f"{FILE} is in use by another process"
    if isinstance(error, sqlite3.OperationalError):
        return f"{FILE} can not be used ({error})"
    return f"{FILE} is damaged ({error}); {LEFT}"
