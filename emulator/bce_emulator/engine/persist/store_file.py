"""The file that keeps accounts: making it whole, looking at it without touching it, and opening it for one process."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

FILE = "accounts.sqlite3"
LOG = f"{FILE}-wal"
INDEX = f"{FILE}-shm"
COUNT = f"{FILE}-count"
APPLICATION = 0x62636565
VERSION = 3
LEFT = "nothing was changed; move what is in the directory away to start afresh"

SCHEMA = """
CREATE TABLE kept (
    account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    json BLOB NOT NULL, crc INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (account, region, kind, id)
)
"""
READ = "SELECT account, region, kind, id, json, crc FROM kept ORDER BY rowid"
COPY = """
INSERT OR IGNORE INTO kept
SELECT :target, region, kind, id, json, (crc | :change) - (crc & :change), number FROM kept
WHERE account = :source AND kind <> :but
"""
LAST = "SELECT coalesce(max(number), 0) FROM kept"

Key = tuple[str, str, str, str]


class StoreError(ValueError):
    """A directory that cannot be used, and why."""


class Count:
    """How many commits were acknowledged, in a file of its own.

    Every row has the number of the commit that wrote it last. Where the greatest of them is less than this, the log
    has lost something since.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b", buffering=0)

    def note(self, number: int) -> None:
        """A commit is about to be acknowledged."""
        self._file.seek(0)
        self._file.write(b"%020d\n" % number)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def read_count(path: Path) -> int | None:
    """The number in the file of a ``Count``, or None where there is none."""
    try:
        return int(path.read_bytes()[:30])
    except FileNotFoundError:
        return None
    except ValueError:
        raise StoreError(f"{path.name} is damaged; {LEFT}") from None


def crc_of(key: Key, text: bytes) -> int:
    """The checksum of a row: that of its account XOR that of the rest, so that SQL can make a copy's."""
    return crc32(text, crc32("\n".join(key[1:]).encode())) ^ crc32(key[0].encode())


def crc_change(source: str, target: str) -> int:
    """What the checksums of an account's rows differ by from those of its copy."""
    return crc32(source.encode()) ^ crc32(target.encode())


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
    count = path.with_name(COUNT)
    for there in (path.with_name(LOG), count):
        if there.exists() and (there != count or read_count(count)):
            raise StoreError(f"{FILE} is missing, but {there.name} is there: put it back, or move that away too")
    new = path.with_name(f"{FILE}.{os.getpid()}")
    new.touch(mode=0o600)
    connection = sqlite3.connect(new, isolation_level=None)
    connection.executescript(f"{SCHEMA}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}")
    connection.close()
    try:
        with contextlib.suppress(FileExistsError), open(count, "x", opener=_for_its_owner) as file:
            file.write(f"{0:020}\n")
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:
        new.replace(path)  # a file system without hard links
    finally:
        new.unlink(missing_ok=True)


def inspect(path: Path) -> int:
    """Look at a file without writing a byte of it; the number of its last commit."""
    acknowledged = read_count(path.with_name(COUNT))
    if path.stat().st_size == 0:
        raise StoreError(f"{FILE} is damaged (it is empty); {LEFT}")
    log, index = path.with_name(LOG), path.with_name(INDEX)
    how, is_indexed = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1", index.exists()
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=0)
    try:
        _check(connection)
        last: int = connection.execute(LAST).fetchone()[0]
    finally:
        connection.close()
        if not is_indexed:
            index.unlink(missing_ok=True)
    accept = f"write {last} into {COUNT} to go on with what is there"
    if acknowledged is None:
        raise StoreError(f"{COUNT} is missing, so what was lost cannot be told; {LEFT}, or {accept}")
    if acknowledged > last:
        lost = f"{acknowledged - last} of {acknowledged} acknowledged changes are lost"
        raise StoreError(f"{lost}: {LOG} was damaged or removed, or {COUNT} is not of this {FILE}; {LEFT}, or {accept}")
    return last


def _check(connection: sqlite3.Connection) -> None:
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


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def open_for_one(path: Path) -> sqlite3.Connection:
    """Open a file that belongs to nobody else until it is closed."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")
    return connection


def result(error: sqlite3.Error) -> str:
    """What SQLite found, for a reader."""
    if "locked" in str(error):
        return f"{FILE} is in use by another process"
    if isinstance(error, sqlite3.OperationalError):
        return f"{FILE} cannot be used ({error})"
    return f"{FILE} is damaged ({error}); {LEFT}"
