"""SQLite's log, moved into its file by a thread with a connection of its own, while others read and commit."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

from bce_emulator.engine.persist.store_file import LOG, MAX_LOG, WAIT, Count, log_limit
from bce_emulator.engine.steps import at_once


class LogMover:
    """Has a log moved each time when it has become so much larger.

    The next commit after one during which nobody wrote begins the log anew. Where somebody always writes, it becomes
    larger than ``MAX_LOG``; then who commits at the end of a move waits until the log is empty.
    """

    def __init__(self, path: Path, count: Count) -> None:
        self._path = path
        self._log = path.with_name(LOG)
        self._count = count
        self._size = 0
        self._due = log_limit(path)
        self._thread: Thread | None = None

    def look(self, number: int) -> None:
        """Have the log moved if it has become large, after the commit of this number."""
        size = self._log.stat().st_size
        if size < self._size:
            self._due = log_limit(self._path)
        self._size = size
        if size > self._due and (self._thread is None or not self._thread.is_alive()):
            self._due = size + log_limit(self._path)
            thread = Thread(target=self._move, args=(number, size > MAX_LOG), name="log mover", daemon=True)
            with suppress(RuntimeError):  # there can be no more threads; the commit is made, and the log moved later
                thread.start()
                self._thread = thread

    def wait(self) -> None:
        """Come back when nothing is being moved."""
        if self._thread is not None:
            self._thread.join()

    def _move(self, number: int, empties: bool) -> None:
        """Move what is in the log; the file is sealed with the number of a commit that is in it then."""
        if move(self._path, empties):
            at_once(self._count.seal(number))


def move(path: Path, empties: bool) -> bool:
    """Move the log into the file; whether all is in it that was committed before."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=WAIT)) as connection:
            busy, there, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if empties:
                busy, there, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    return not busy and moved == there
