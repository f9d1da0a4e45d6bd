"""SQLite's log, moved into its file by a thread with a connection of its own, while others read and commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from bce_emulator.engine.persist.store_file import LONGEST_LOG, MAX_LOG, PAGE, VERSION, WAIT, Count, log_limit
from bce_emulator.engine.steps import Shared, StepsAside, at_once

FEW = 200
"""How many pages of a log are moved while who writes waits."""
QUIET_SECONDS = 0.05
"""If nobody has asked for so long whether he may write, nobody is about to."""
TRIES = 100
"""How often at most it is moved on until there are so few."""


class LogMover:
    """Has a log moved each time when so much more was written to it, and begun anew in the place of what was moved.

    Where somebody always writes, that is put off until the log is longer than ``MAX_LOG``. While it is done, who is
    about to write waits, and nobody else: the disk is waited for by the thread. Its file gets no smaller, as to have it
    cut takes the disk longer than all the rest.
    """

    def __init__(self, path: Path, count: Count) -> None:
        self._path = path
        self._count = count
        self._written = 0
        self._due = log_limit(path)
        self._thread: Thread | None = None
        self._free = Event()
        self._free.set()
        self._longest = 0.0
        self._is_known = Event()
        self._until_free: Shared | None = None

    def look(self, number: int, pages: int) -> None:
        """Have the log moved if much was written, after the commit of this number, which has some such pages."""
        self._written += pages * PAGE
        if self._written > self._due and (self._thread is None or not self._thread.is_alive()):
            self._written, self._due = 0, log_limit(self._path)
            thread = Thread(target=self._move, args=(number,), name="log mover", daemon=True)
            with suppress(RuntimeError):  # there can be no more threads; the commit is made, and the log moved later
                thread.start()
                self._thread = thread

    def until_free(self) -> Shared | None:
        """What to wait for before anything is written; None if nothing holds that up, or has for too long."""
        if self._free.is_set() or monotonic() >= self._longest:
            return None
        self._is_known.set()
        if self._until_free is None or self._until_free.is_over:
            self._until_free = Shared(self._awaited())
        return self._until_free

    def wait(self) -> None:
        """Come back when nothing is being moved."""
        if self._thread is not None:
            self._thread.join()

    def _hold_up(self) -> None:
        """Have who is about to write wait, and come back when nobody is at it any more."""
        self._is_known.clear()
        self._longest = monotonic() + WAIT
        self._free.clear()
        self._is_known.wait(QUIET_SECONDS)

    def _awaited(self) -> StepsAside[None]:
        yield partial(self._free.wait, WAIT)

    def _move(self, number: int) -> None:
        """Move what is in the log; the file is sealed with the number of a commit that is in it then."""
        try:
            is_moved = move(self._path, self._hold_up)
        finally:
            self._free.set()
        if is_moved:
            at_once(self._count.seal(number))


def move(path: Path, hold_up: Callable[[], None]) -> bool:
    """Move the log into the file; whether all is in it that was committed before.

    To begin it anew takes that nothing is written meanwhile, so others are to ``hold_up`` that. With a long one that is
    done when little was committed during a move. One that gets very long all the same is begun anew by force.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
            before = _version(connection)
            busy, there, moved = _checkpoint(connection, "PASSIVE")
            is_long = there * PAGE > MAX_LOG
            more, tried = there, 0
            while is_long and more > FEW and tried < TRIES:
                last, tried = there, tried + 1
                busy, there, moved = _checkpoint(connection, "PASSIVE")
                more = there - last
            if is_long or _version(connection) == before:
                hold_up()
                before = _version(connection)
                busy, there, moved = _checkpoint(connection, "PASSIVE")
                is_anew = moved == there and _is_begun_anew(connection, before)
                is_long = not is_anew and there * PAGE > LONGEST_LOG
            if is_long:
                connection.execute(f"PRAGMA busy_timeout = {WAIT * 1_000}")
                busy, there, moved = _checkpoint(connection, "RESTART")
    except sqlite3.Error:
        return False
    return not busy and moved == there


def _checkpoint(connection: sqlite3.Connection, how: str) -> tuple[int, int, int]:
    """Whether somebody was in the way, how many pages the log has, and how many of those are in the file now."""
    busy, there, moved = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
    return busy, there, moved


def _version(connection: sqlite3.Connection) -> int:
    """What is another one when somebody else has committed."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def _is_begun_anew(connection: sqlite3.Connection, version: int) -> bool:
    """Write a page, as who does so first after all was moved begins the log anew, and has the disk have its head.

    That is so where nobody has committed since this version.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    is_same = _version(connection) == version
    if is_same:
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
    return is_same
