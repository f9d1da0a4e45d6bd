"""The table in PostgreSQL, and beside it the row that says who leads and counts what the leaders have committed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from bce_emulator.engine.persist.rows import COMMON, CREDENTIALS, LEFTOVER, Changes, Contents, Key, Size, StoreError

FORMAT = 2
"""Of format 1 is a database that has no generations, or whose emulators know none."""
UNSENT_MS = 2_000
"""After how long a connection is given up whose other end acknowledges nothing."""
CONNECT_SECONDS = 2

SETTINGS = "SET default_transaction_isolation = 'read committed'; SET synchronous_commit = on; SET lock_timeout = '5s'"
SCHEMA = """
SELECT pg_advisory_xact_lock(6504304549);
CREATE TABLE IF NOT EXISTS bce_emulator_kept (
    account text COLLATE "C" NOT NULL, region text COLLATE "C" NOT NULL, kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL, json bytea NOT NULL, place bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (account, region, kind, id)
);
CREATE TABLE IF NOT EXISTS bce_emulator_leader (
    one integer PRIMARY KEY CHECK (one = 1), format integer NOT NULL,
    epoch bigint NOT NULL, commits bigint NOT NULL, holder text NOT NULL, address text NOT NULL
);
INSERT INTO bce_emulator_leader VALUES (1, 2, 0, 0, '', '') ON CONFLICT DO NOTHING;
UPDATE bce_emulator_leader SET format = 2 WHERE format = 1
"""
LOCK = "SELECT pg_try_advisory_lock(6504304, 'bce_emulator_leader'::regclass::oid::integer)"
END_HOLDER = """
SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND classid = 6504304 AND objid = 'bce_emulator_leader'::regclass::oid
AND datname = current_database() AND database = datid AND wait_event_type = 'Client'
AND (SELECT commits FROM bce_emulator_leader) = %s
"""
"""Only one of whom nothing was heard since, and for whose client PostgreSQL waits: one that waits for the disk has said
something, and gets its answer."""
CLAIM = "UPDATE bce_emulator_leader SET commits = commits + 1"
LEADER = "SELECT epoch, commits, holder, address FROM bce_emulator_leader"
ELECT = """
UPDATE bce_emulator_leader SET epoch = epoch + 1, commits = commits + 1, holder = %s, address = %s RETURNING epoch
"""
FENCE = "UPDATE bce_emulator_leader SET commits = commits + 1 WHERE epoch = %s"
RELEASE = "UPDATE bce_emulator_leader SET holder = '' WHERE epoch = %s"
SWEEP = """
DELETE FROM bce_emulator_kept WHERE kind <> %s AND account IN
(SELECT account FROM bce_emulator_kept WHERE account = ANY(%s) AND region = '' AND kind = %s AND id = '')
"""
DELETE = """
DELETE FROM bce_emulator_kept WHERE (account, region, kind, id) IN
(SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]))
"""
WRITE = """
INSERT INTO bce_emulator_kept (account, region, kind, id, json)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %b::bytea[])
ON CONFLICT (account, region, kind, id) DO UPDATE SET json = excluded.json
"""
READ = "SELECT account, region, kind, id, json FROM bce_emulator_kept WHERE account = %s ORDER BY place"
FIRST = "SELECT account, json FROM bce_emulator_kept WHERE region = '' AND kind = %s AND id = '' ORDER BY place"
SIZES = """
SELECT account, region, sum((kind NOT LIKE '(%%' AND get_byte(json, 0) = 123)::integer)::integer
FROM bce_emulator_kept WHERE region <> '' GROUP BY account, region ORDER BY min(place)
"""


ENDED, BROKEN = "57", "08"
"""The classes of errors that end a session."""


class Deposed(Exception):
    """Another has been elected, so that nothing may be committed any more."""


class Leader(NamedTuple):
    """Who leads, by the last one that was elected; ``commits`` moves on for as long as it does."""

    epoch: int
    commits: int
    holder: str
    address: str


class Session:
    """One connection. What goes wrong with it is a ``psycopg.Error``."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(
            make_conninfo(address, connect_timeout=CONNECT_SECONDS, tcp_user_timeout=UNSENT_MS, keepalives_idle=1),
            autocommit=True,
        )

    def prepare(self) -> None:
        """Have the tables."""
        connection = self._connection
        with connection.transaction():
            connection.execute(SCHEMA)
        (found,) = self._one("SELECT format FROM bce_emulator_leader")
        if found != FORMAT:
            raise StoreError(f"the database has format {found}, and this version reads format {FORMAT}")
        connection.execute(SETTINGS)

    def leader(self) -> Leader:
        """Who leads."""
        return Leader(*self._one(LEADER))

    def try_lock(self) -> bool:
        """Whether the lock is this session's now."""
        return bool(self._one(LOCK)[0])

    def end_holder(self, commits: int) -> bool:
        """End the session that has the lock, if nothing was heard of its holder since this; whether there was one."""
        return self._connection.execute(END_HOLDER, (commits,)).rowcount > 0

    def claim(self) -> None:
        """Say that somebody has the lock, and leads soon."""
        self._connection.execute(CLAIM)

    def elect(self, holder: str, address: str) -> int:
        """Begin an epoch, which only who has the lock may do."""
        return int(self._one(ELECT, (holder, address))[0])

    def beat(self, epoch: int) -> None:
        """Say that the leader is there."""
        if self._connection.execute(FENCE, (epoch,)).rowcount != 1:
            raise Deposed

    def release(self, epoch: int) -> None:
        """Say that the leader has stopped of itself, so that nobody need wait for it."""
        self._connection.execute(RELEASE, (epoch,))

    def commit(self, epoch: int, changes: Changes) -> None:
        """Write these in one transaction, or nothing if another was elected."""
        connection = self._connection
        with connection.pipeline() as pipeline, connection.transaction():
            fence = connection.execute(FENCE, (epoch,))
            if changes.delete:
                connection.execute(DELETE, _columns(changes.delete))
            if changes.write:
                connection.execute(WRITE, (*_columns(changes.write), list(changes.write.values())))
            if changes.sweep:
                connection.execute(SWEEP, (CREDENTIALS, changes.sweep, LEFTOVER))
            pipeline.sync()
            if fence.rowcount != 1:
                raise Deposed

    def contents(self) -> Contents:
        """What there is beside the rows of accounts."""
        live, keys, leftovers = (
            self._connection.execute(FIRST, (kind,)).fetchall() for kind in (COMMON, CREDENTIALS, LEFTOVER)
        )
        return Contents([name for name, _ in live], [bytes(text) for _, text in keys], [name for name, _ in leftovers])

    def of(self, generation: str) -> list[tuple[Key, bytes]]:
        """Every row of a generation."""
        rows = self._connection.execute(READ, (generation,), binary=True)
        return [((name, region, kind, _with_nul(id_)), bytes(text)) for name, region, kind, id_, text in rows]

    def sizes(self) -> dict[str, Size]:
        """The regions and the number of resources of every generation."""
        sizes: dict[str, Size] = {}
        for account, region, count in self._connection.execute(SIZES):
            regions, before = sizes.get(account, ([], 0))
            sizes[account] = ([*regions, region], before + count)
        return sizes

    def was_refused(self, error: psycopg.Error) -> bool:
        """Whether PostgreSQL itself has said no to what was to be written, and goes on; else all is uncertain."""
        code = error.sqlstate or ENDED
        is_idle = self._connection.info.transaction_status == TransactionStatus.IDLE
        return is_idle and code[:2] not in {ENDED, BROKEN}

    def close(self) -> None:
        """Let go of the connection, and of the lock."""
        self._connection.close()

    def _one(self, query: Any, values: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        assert row is not None
        return row


def check_address(address: str) -> None:
    """Refuse an address that libpq does not take; the message does not repeat it, as it may hold a password."""
    try:
        conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        raise StoreError(
            "this is no address of a PostgreSQL database, such as postgresql://user@host/database"
        ) from None


def reason_of(error: Exception) -> str:
    """What PostgreSQL or its client found, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _columns(keys: Iterable[Key]) -> tuple[list[str], ...]:
    accounts, regions, kinds, ids = zip(*keys, strict=True)
    return list(accounts), list(regions), list(kinds), [_without_nul(id_) for id_ in ids]


def _without_nul(id_: str) -> str:
    """PostgreSQL's text has no NUL, and a client token may."""
    return id_.replace("\\", "\\\\").replace("\0", "\\0") if "\0" in id_ or "\\" in id_ else id_


def _with_nul(id_: str) -> str:
    return "\\".join(part.replace("\\0", "\0") for part in id_.split("\\\\")) if "\\" in id_ else id_
