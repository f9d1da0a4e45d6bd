"""The table in SQLite: a file, its log, and the count of what was acknowledged. It belongs to one process."""

from __future__ import annotations

import sqlite3
from collections import abc
from contextlib import ExitStack, closing
from pathlib import Path
from time import monotonic, sleep

from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.persist.directory_lock import take
from bce_emulator.engine.persist.log_mover import LogMover
from bce_emulator.engine.persist.rows import (
    AT_ONCE,
    CREDENTIALS,
    LEFTOVER,
    Changes,
    Contents,
    Key,
    Size,
    StoreError,
    leftover_key,
)
from bce_emulator.engine.persist.store_file import (
    COUNT,
    FILE,
    LEFT,
    NOTE,
    PAGE,
    SWEEP,
    WAIT,
    WRITE,
    Count,
    checkpoint,
    connect,
    contents_of,
    crc_of,
    have_format,
    inspect,
    prepare,
    result,
    rows_of,
    sizes_of,
)
from bce_emulator.engine.steps import Shared, Steps, at_once

REFUSED = "nothing was changed"
UNCOUNTED = f"the change was made, but {COUNT} does not count it"
DELETE = "DELETE FROM kept WHERE account = ? AND region = ? AND kind = ? AND id = ?"


class SqliteRows:
    """The rows of a directory, as long as it is open."""

    name, left = FILE, LEFT

    def __init__(self, directory: str, regions: abc.Collection[str]) -> None:
        self._path = path = Path(directory, FILE)
        with ExitStack() as opened:
            try:
                prepare(path)
                count = opened.enter_context(take(path)) if path.with_name(COUNT).exists() else None
                self._number, seal = inspect(path, resource_types(), regions)
                assert count is not None
                self._connection = opened.enter_context(closing(connect(path)))
                have_format(self._connection, self._number)
                self._found: Contents | None = contents_of(self._connection)
                self._count = Count(path, count, self._number, seal)
                if not seal and checkpoint(self._connection):
                    at_once(self._count.seal(self._number))
                self._mover = LogMover(path, self._count)
            except sqlite3.Error as error:
                raise StoreError(result(error)) from None
            except OSError as error:
                raise StoreError(f"{error.strerror or error}") from None
            opened.pop_all()

    def contents(self) -> Contents:
        """What there is beside the rows of accounts."""
        found, self._found = self._found, None  # what the start has found, before it touched anything
        return contents_of(self._connection) if found is None else found

    def of(self, generation: str) -> Steps[list[tuple[Key, bytes]]]:
        """Every row of a generation."""
        try:
            return (yield from rows_of(self._connection, generation))
        except sqlite3.Error as error:
            raise StoreError(result(error)) from None

    def sizes(self) -> dict[str, Size]:
        """The regions and the number of resources of every generation, over a connection of its own."""
        with closing(sqlite3.connect(self._path, isolation_level=None, timeout=WAIT)) as connection:
            return sizes_of(connection)

    def commit(self, changes: Changes) -> list[str]:
        """Write these in one transaction, or say why that cannot be; answers which generations are swept entirely."""
        connection, number = self._connection, self._number + 1
        try:
            _begin(connection)
            connection.executemany(DELETE, changes.delete)
            connection.execute(NOTE, (number,))
            written = changes.write.items()
            connection.executemany(WRITE, [(*key, text, crc_of(key, text), number) for key, text in written])
            swept = [generation for generation in changes.sweep if self._sweep(generation)]
            connection.execute("COMMIT")
            self._number = number
            self._count.note(number)
        except (sqlite3.Error, OSError) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            reason = UNCOUNTED if self._number == number else REFUSED
            raise StoreError(f"nothing can be written to {FILE} ({error}); {reason}") from error
        self._mover.look(number, len(changes.delete) + len(written) + sum(map(len, changes.write.values())) // PAGE + 2)
        return swept

    def until_free(self) -> Shared | None:
        """What to wait for before something is committed, so that this does not wait for the disk; nobody has to."""
        return self._mover.until_free()

    def close(self) -> None:
        """Let go of the file; its log is in it then."""
        self._mover.wait()
        if checkpoint(self._connection):
            at_once(self._count.seal(self._number))
        self._connection.close()
        self._count.close()

    def _sweep(self, generation: str) -> bool:
        """Remove some rows of a generation that is not live; answers whether those were the last."""
        asked = {"generation": generation, "but": CREDENTIALS, "note": LEFTOVER, "most": AT_ONCE}
        if self._connection.execute(SWEEP, asked).rowcount == AT_ONCE:
            return False
        self._connection.execute(DELETE, leftover_key(generation))
        return True


def _begin(connection: sqlite3.Connection) -> None:
    """Begin to write as soon as the other connection allows it: SQLite itself would look for that ever less often."""
    ends = monotonic() + WAIT
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() >= ends:
                raise
            sleep(0.001)
        else:
            return
