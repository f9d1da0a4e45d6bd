"""The file that keeps accounts: making it whole, looking at it without touching it, and opening it for one process."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from bce_emulator.engine.persist.rows import (
    COMMON,
    CREDENTIALS,
    LEFTOVER,
    NUMBERS,
    TOKEN,
    Contents,
    Key,
    Size,
    StoreError,
    account_of,
)
from bce_emulator.engine.steps import Steps, at_once, in_order

FILE = "accounts.sqlite3"
LOG = f"{FILE}-wal"
INDEX = f"{FILE}-shm"
COUNT = f"{FILE}-count"
APPLICATION = 0x62636565
VERSION = 5
UNNUMBERED = 3
"""A format whose commits do not each write the row ``COMMIT``. It is read whole, and is of this format afterwards."""
READABLE = (UNNUMBERED, 4, VERSION)
"""A file of format 4 is what one of this format is that has no generations."""
LEFT = "nothing was changed; move what is in the directory away to start afresh"
IN_USE = f"{FILE} is in use by another process"

SCHEMA = """
CREATE TABLE kept (
    account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    json BLOB NOT NULL, crc INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (account, region, kind, id)
)
"""
WRITE = """
INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET json = excluded.json, crc = excluded.crc, number = excluded.number
"""
READ = """
SELECT rowid, account, region, kind, id, json, crc FROM kept
WHERE account = ? AND (region, kind, id) > (?, ?, ?) ORDER BY region, kind, id LIMIT 100
"""
"""Some rows of an account, those that follow one in the index: between two such questions rows of others change."""
LAST = "SELECT number FROM kept WHERE (account, region, kind, id) = ('', '', '(commit)', '')"
NOTE = "UPDATE kept SET number = ? WHERE (account, region, kind, id) = ('', '', '(commit)', '')"
READ_ALL = "SELECT account, region, kind, id, json, crc, number FROM kept"
FIRST = """
WITH RECURSIVE names(name) AS (
    SELECT min(account) FROM kept
    UNION ALL SELECT (SELECT min(account) FROM kept WHERE account > name) FROM names WHERE name IS NOT NULL
)
SELECT account, json FROM names CROSS JOIN kept ON account = name AND region = '' AND kind = ? AND id = ''
"""
"""The row of this kind that accounts have once. From name to name the index is searched, so other rows are not met."""
SIZES = """
SELECT account, region, sum(kind NOT LIKE '(%' AND substr(json, 1, 1) = x'7b') FROM kept
WHERE region <> '' GROUP BY account, region ORDER BY min(rowid)
"""
SWEEP = """
DELETE FROM kept WHERE rowid IN (
    SELECT rowid FROM kept WHERE account = :generation AND kind NOT IN (:but, :note)
    AND EXISTS (SELECT * FROM kept WHERE account = :generation AND region = '' AND kind = :note AND id = '')
    LIMIT :most
)
"""
"""Some rows of a generation that is not live; none of one that is."""
COMMIT: Key = ("", "", "(commit)", "")
"""The row that each commit changes, so that its number is that of the last commit."""

COUNT_BYTES = 21
SHORTEST = 512
"""The bytes of the smallest page of a database."""
MAGIC = b"SQLite format 3\0"
CHUNK, CHUNKS = 1 << 20, 64
"""A seal reads so many chunks, however large the file is: a start may take no longer with a larger file."""
MIN_LOG, MAX_LOG, LONGEST_LOG = 4 << 20, 16 << 20, 64 << 20
PAGE = 4_096
WAIT = 10
"""For how many seconds at most one connection of a process waits for the other."""


class Count:
    """How many commits were acknowledged, in a file of its own, and what the accounts' file was at its last checkpoint.

    Each commit writes its number into the row ``COMMIT``. Where that is less than this, the log has lost something
    since. The seal is a CRC of the file, its size and the number of the last commit in it: SQLite
    touches the file at checkpoints only, so it holds until the next one. Of a large file the CRC is that of chunks at
    equal distances; the checksum of a row shows what it misses, when the row is read.
    """

    def __init__(self, path: Path, file: BinaryIO, number: int, seal: bytes) -> None:
        # Open as long as the connection is: whoever closes a file lets go of all locks that the process has on it.
        self._kept = path.open("rb")
        self._seal = path.with_name(COUNT).open("r+b", buffering=0)
        self._file = file
        self._file.truncate(0)
        self._file.write(b"%020d\n%s" % (number, seal))

    def note(self, number: int) -> None:
        """A commit is about to be acknowledged."""
        self._file.seek(0)
        self._file.write(b"%020d\n" % number)

    def seal(self, number: int) -> Steps[None]:
        """Note what the file is that holds all commits up to this one, a chunk in each step.

        It stays what it is until the next checkpoint. Who is killed before it is sealed has every row looked at.
        Commits may be noted meanwhile, in another thread.
        """
        with contextlib.suppress(OSError):
            self._seal.truncate(COUNT_BYTES)
            seal = yield from _seal_of(self._kept, number)
            self._seal.seek(COUNT_BYTES)
            self._seal.write(seal)

    def close(self) -> None:
        """Let go of the files."""
        self._seal.close()
        self._file.close()
        self._kept.close()


def read_count(path: Path) -> tuple[int, bytes] | None:
    """The number in the file of a ``Count`` and the seal, or None where there is no file."""
    try:
        number, _, seal = path.read_bytes()[:100].partition(b"\n")
        return int(number), seal
    except FileNotFoundError:
        return None
    except ValueError:
        raise StoreError(f"{path.name} is damaged; {LEFT}") from None


def crc_of(key: Key, text: bytes) -> int:
    """The checksum of a row: that of its generation XOR that of the rest."""
    return crc32(text, crc32("\n".join(key[1:]).encode())) ^ crc32(key[0].encode())


def rows_of(connection: sqlite3.Connection, generation: str) -> Steps[list[tuple[Key, bytes]]]:
    """Every row of a generation in the order in which they came, or the error that one is damaged."""
    rows: list[tuple[int, tuple[Key, bytes]]] = []
    last: Key = (generation, "", "", "")
    while found := connection.execute(READ, last).fetchall():
        for place, *key, text, crc in found:
            last = tuple(key)
            _check_row(last, text, crc)
            rows.append((place, (last, text)))
        yield
    return (yield from in_order(rows))


def _check_row(row: Key, text: bytes, crc: int) -> None:
    if type(text) is not bytes or crc != crc_of(row, text):
        raise StoreError(f"{FILE} is damaged (a row of account {account_of(row[0])!r} is not what was written); {LEFT}")


def contents_of(connection: sqlite3.Connection) -> Contents:
    """What there is beside the rows of accounts."""
    live, keys, leftovers = ([*connection.execute(FIRST, (kind,))] for kind in (COMMON, CREDENTIALS, LEFTOVER))
    return Contents([name for name, _ in live], [text for _, text in keys], [name for name, _ in leftovers])


def last_commit(connection: sqlite3.Connection) -> int:
    """The number of the last commit, 0 where there was none, of a file whose rows need not be looked at."""
    number: int = connection.execute(LAST).fetchone()[0]
    return number


def sizes_of(connection: sqlite3.Connection) -> dict[str, Size]:
    """The regions and the number of resources of every generation."""
    sizes: dict[str, Size] = {}
    for account, region, count in connection.execute(SIZES):
        regions, before = sizes.get(account, ([], 0))
        sizes[account] = ([*regions, region], before + count)
    return sizes


def _seal_of(file: BinaryIO, number: int) -> Steps[bytes]:
    size = file.seek(0, os.SEEK_END)
    step = max(CHUNK, -(-size // CHUNKS))
    crc = crc32(b"%d" % size)
    for start in range(0, size, step):
        file.seek(start)
        crc = crc32(file.read(CHUNK), crc)
        if start + step < size:
            yield
    return b"%08x %020d\n" % (crc, number)


def _sealed_number(path: Path, seal: bytes) -> int | None:
    """The number of the last commit in a file that is what it was at its last checkpoint, or None."""
    number = seal.partition(b" ")[2].strip()
    if not number.isdigit():
        return None
    with path.open("rb") as file:
        return int(number) if seal == at_once(_seal_of(file, int(number))) else None


def prepare(path: Path) -> None:
    """Have the directory, and the file whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    count = path.with_name(COUNT)
    for there in (path.with_name(LOG), count):
        if there.exists() and (there != count or (read_count(count) or (0, b""))[0]):
            raise StoreError(f"{FILE} is missing, but {there.name} is there: put it back, or move that away too")
    new, has_count = path.with_name(f"{FILE}.{os.getpid()}"), False
    try:
        new.touch(mode=0o600)
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.executescript(f"{SCHEMA}; PRAGMA application_id = {APPLICATION}")
            have_format(connection, 0)
        with contextlib.suppress(FileExistsError), open(count, "x", opener=_for_its_owner) as file:
            has_count = True
            file.write(f"{0:020}\n")
        _put_in_place(new, path)
    finally:
        for left in (new, new.with_name(f"{new.name}-journal"), *([count] if has_count and not path.exists() else [])):
            left.unlink(missing_ok=True)


def _put_in_place(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError:
        new.replace(path)  # a file system without hard links


class Inspected(NamedTuple):
    """The number of the last commit, and the seal of a file that needs no other."""

    number: int
    seal: bytes


def inspect(path: Path, kinds: Collection[str], regions: Collection[str]) -> Inspected:
    """Look at a file without writing a byte of it.

    Of one that is what it was at its last checkpoint no row is looked at; SQLite checks the frames of the log itself.
    """
    counted = read_count(path.with_name(COUNT))
    _check_head(path)
    acknowledged, seal = counted or (None, b"")
    sealed = _sealed_number(path, seal)
    log, index = path.with_name(LOG), path.with_name(INDEX)
    has_log = log.exists() and log.stat().st_size > 0
    how, is_indexed = "mode=ro" if has_log else "immutable=1", index.exists()
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=0)
    try:
        if _format_of(connection) == UNNUMBERED:
            sealed = None
        if sealed is None:
            last = _check(connection, kinds, regions)
        else:
            last = last_commit(connection) if has_log else sealed
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
    return Inspected(last, b"" if sealed is None else seal)


def _check_head(path: Path) -> None:
    """See to it that SQLite takes the file for a database: beside one that it takes for empty, it removes the log."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
        size = os.fstat(file.fileno()).st_size
    if size == 0:
        raise StoreError(f"{FILE} is damaged (it is empty); {LEFT}")
    if head != MAGIC:
        raise StoreError(f"{FILE} is damaged (file is not a database); {LEFT}")
    if size < SHORTEST:
        raise StoreError(f"{FILE} is damaged (it was cut to {size} bytes); {LEFT}")


def _format_of(connection: sqlite3.Connection) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise StoreError(f"{FILE} was not made by bce-emulator; {LEFT}")
    if version not in READABLE:
        known = f"{READABLE[0]} to {VERSION}"
        raise StoreError(f"{FILE} has format {version}, and this version reads formats {known}; {LEFT}")
    return version


def _check(connection: sqlite3.Connection, kinds: Collection[str], regions: Collection[str]) -> int:
    wrong = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if wrong != "ok":
        raise StoreError(f"{FILE} is damaged ({' '.join(wrong.split())}); {LEFT}")
    return _check_rows(connection, kinds, regions)


def _check_rows(connection: sqlite3.Connection, kinds: Collection[str], regions: Collection[str]) -> int:
    """See to it that every row is what was written and has its place; the number of the last commit."""
    last, collections, complete = 0, set(), {""}
    for account, region, kind, id_, text, crc, number in connection.execute(READ_ALL):
        _check_row((account, region, kind, id_), text, crc)
        last = max(last, number)
        if kind in {COMMON, LEFTOVER}:
            complete.add(account)
        elif kind != CREDENTIALS:
            collections.add((account, region, kind))
    for account, region, kind in sorted(collections):
        if account not in complete:
            raise StoreError(f"{FILE} is damaged (account {account_of(account)!r} is not whole); {LEFT}")
        if account and (region not in regions or kind not in {NUMBERS, TOKEN, *kinds}):
            where = f"regions.{region}" + (f".kinds.{kind}" if region in regions else "")
            raise StoreError(f"{FILE}, account {account_of(account)}: {where}: no such member; {LEFT}")
    return last


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def connect(path: Path) -> sqlite3.Connection:
    """Open a file for the one who writes it; its log begins anew as soon as all of it was moved."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")
    return connection


def have_format(connection: sqlite3.Connection, number: int) -> None:
    """Give a file that is new or of the older format the row that tells its last commit."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION and connection.execute(LAST).fetchone():
        return
    connection.execute("BEGIN")
    if connection.execute(LAST).fetchone() is None:
        connection.execute(WRITE, (*COMMIT, b"{}", crc_of(COMMIT, b"{}"), number))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Move the log into the file, which is to be sealed then; whether that was possible."""
    try:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        return False
    return not busy


def log_limit(path: Path) -> int:
    """How large the log may become: a checkpoint reads up to all chunks, so a large file has them seldom."""
    return min(max(path.stat().st_size // 4, MIN_LOG), LONGEST_LOG)


def result(error: sqlite3.Error) -> str:
    """What SQLite found, for a reader."""
    if "locked" in str(error):
        return IN_USE
    if isinstance(error, sqlite3.OperationalError):
        return f"{FILE} cannot be used ({error})"
    return f"{FILE} is damaged ({error}); {LEFT}"
