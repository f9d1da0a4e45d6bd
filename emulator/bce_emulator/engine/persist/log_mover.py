"""SQLite's log, moved into its file by a thread with a connection of its own, while others read and commit."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

from bce_emulator.engine.persist.store_file import LONGEST_LOG, MAX_LOG, PAGE, WAIT, Count, log_limit
from bce_emulator.engine.steps import at_once

FEW = 200
"""How many pages of a log are moved while who commits waits."""
TRIES = 100
"""How often at most it is moved on until there are so few."""


class LogMover:
    """Has a log moved each time when so much more was written to it.

    The next commit after one during which nobody wrote begins the log anew, in the place of what was moved. Where
    somebody always writes, it becomes longer than ``MAX_LOG``; then it is begun anew at the end of a move, and who
    commits waits for that. Its file gets no smaller, as to have it cut takes the disk longer than all the rest.
    """

    def __init__(self, path: Path, count: Count) -> None:
        self._path = path
        self._count = count
        self._written = 0
        self._due = log_limit(path)
        self._thread: Thread | None = None

    def look(self, number: int, pages: int) -> None:
        """Have the log moved if much was written, after the commit of this number, which has some such pages."""
        self._written += pages * PAGE
        if self._written > self._due and (self._thread is None or not self._thread.is_alive()):
            self._written, self._due = 0, log_limit(self._path)
            thread = Thread(target=self._move, args=(number,), name="log mover", daemon=True)
            with suppress(RuntimeError):  # there can be no more threads; the commit is made, and the log moved later
                thread.start()
                self._thread = thread

    def wait(self) -> None:
        """Come back when nothing is being moved."""
        if self._thread is not None:
            self._thread.join()

    def _move(self, number: int) -> None:
        """Move what is in the log; the file is sealed with the number of a commit that is in it then."""
        if move(self._path):
            at_once(self._count.seal(number))


def move(path: Path) -> bool:
    """Move the log into the file; whether all is in it that was committed before.

    To begin a long one anew holds up who commits, so that is tried when little was committed meanwhile and nobody is
    at it. If it never comes to that, a very long one is begun anew all the same.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
            busy, there, moved = _checkpoint(connection, "PASSIVE")
            more, tried = there, 0
            while there * PAGE > MAX_LOG and tried < TRIES:
                before, tried = there, tried + 1
                how = "RESTART" if more <= FEW else "PASSIVE"
                busy, there, moved = _checkpoint(connection, how)
                more = there - before
                if how == "RESTART" and not busy:
                    return moved == there
            if there * PAGE > LONGEST_LOG:
                connection.execute(f"PRAGMA busy_timeout = {WAIT * 1_000}")
                busy, there, moved = _checkpoint(connection, "RESTART")
    except sqlite3.Error:
        return False
    return not busy and moved == there


def _checkpoint(connection: sqlite3.Connection, how: str) -> tuple[int, int, int]:
    """Whether somebody was in the way, how many pages the log has, and how many of those are in the file now."""
    busy, there, moved = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
    return busy, there, moved
