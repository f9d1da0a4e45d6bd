"""The thread that seeks the lock, keeps it, and commits: who has PostgreSQL's advisory lock is the leader.

Lock and commits belong to one session, so that nobody who lost the lock can commit; the epoch is checked all the
same. A leader answers as long as its ``lease`` lasts, which each word to the database prolongs; whoever is elected
next begins when the last lease of the one before must be over. Why: ``docs/decisions/0012-a-lock-is-the-leader.md``.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import NamedTuple
from uuid import uuid4

import psycopg

from bce_emulator.engine.persist.postgres.clock import now
from bce_emulator.engine.persist.postgres.group import Group, Unit
from bce_emulator.engine.persist.postgres.session import Deposed, Leader, Session, reason_of
from bce_emulator.engine.persist.rows import Contents, StoreError

log = logging.getLogger("bce_emulator")

LEASE = 0.8
"""For how many seconds a leader may answer after its last word to the database, if that has an answer."""
BEAT = LEASE / 4
STALE = LEASE * 1.5
"""After how many seconds without a word from who has the lock its session is ended."""
POLL = 0.1
"""How often a standby asks for the lock, and who cannot connect tries again."""
SOON = POLL / 5
"""How often who has the lock looks whether the leader before has said that it stopped."""


class Following(NamedTuple):
    """Another leads, at this address."""

    address: str


class Elected(NamedTuple):
    """This replica leads in this epoch, and this is there."""

    epoch: int
    contents: Contents


class Committed(NamedTuple):
    """A group was committed, but for these of its units, each with the reason."""

    failed: list[tuple[Unit, str]]


class Lost(NamedTuple):
    """The session has ended, or could not begin. Whether the group that was under way was committed is not known."""

    reason: str


Event = Following | Elected | Committed | Lost


class Leadership(threading.Thread):
    """Reports what happens, in order. It commits what it is given, one group after the other, as long as it leads."""

    def __init__(self, database: str, address: str, report: Callable[[Event], None]) -> None:
        super().__init__(name="leadership", daemon=True)
        self.lease = 0.0
        """Until when nobody else leads, by ``now``."""
        self._database = database
        self._address = address
        self._report = report
        self._holder = uuid4().hex
        self._led = 0
        """The epoch that this replica led in last, until the database knows that it does so no more."""
        self._lost = ""
        self._groups: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._stops = threading.Event()

    def commit(self, group: Group) -> None:
        """Commit this; what becomes of it is reported."""
        self._groups.put(group)

    def stop(self) -> None:
        """Let go of the lock, and end."""
        self._stops.set()
        self._groups.put(None)
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Seek the lock, lead, and begin again when the session has ended."""
        while not self._stops.is_set():
            try:
                session = Session(self._database)
                try:
                    session.prepare()
                    self._campaign_and_lead(session)
                finally:
                    session.close()
            except Deposed:
                self._lose("another was elected")
            except (psycopg.Error, StoreError) as error:
                self._lose(reason_of(error))
            except Exception as error:
                log.exception("the thread that leads has met an internal error")
                self._lose(f"an internal error: {type(error).__name__}")
            self._stops.wait(POLL)

    def _lose(self, reason: str) -> None:
        """Report that the session has ended, but not again for each try to have another."""
        if reason != self._lost:
            self._lost = reason
            self._report(Lost(reason))

    def _campaign_and_lead(self, session: Session) -> None:
        if not self._campaign(session):
            return
        sent = now()
        epoch = self._led = session.elect(self._holder, self._address)
        contents = session.contents()
        self.lease = sent + LEASE
        self._report(Elected(epoch, contents))
        try:
            self._lead(session, epoch)
        finally:
            self.lease = 0.0

    def _campaign(self, session: Session) -> bool:
        """Wait for the lock; False if this replica stops.

        A process that stands still keeps its session, whatever PostgreSQL's timeouts are, so the session of a leader
        that was silent for longer than its lease is ended from here.
        """
        if self._led:
            session.release(self._led)
            self._led = 0
        seen, since, told, self._lost = session.leader(), now(), "", ""
        while not session.try_lock():
            leader, pause = session.leader(), POLL
            if leader.commits != seen.commits:
                seen, since = leader, now()
            elif now() >= since + STALE and session.end_holder(seen.commits):
                log.warning("nothing was heard of the leader for %.1f s; its session is ended", now() - since)
                pause = SOON
            if leader.address != told:
                told = leader.address
                self._report(Following(told))
            if self._stops.wait(pause):
                return False
        leader = session.leader()
        if leader.commits != seen.commits:
            since = now()
        return self._outlast(session, leader, since + LEASE)

    def _outlast(self, session: Session, leader: Leader, end: float) -> bool:
        """Wait until the leader before answers nobody any more, or has said so; False if this replica stops."""
        is_claimed = False
        while leader.holder not in {"", self._holder} and (left := end - now()) > 0:
            if not is_claimed:
                log.info("this replica has the lock; the leader before may answer for %.2f s more", left)
                session.claim()
                is_claimed = True
            if self._stops.wait(min(SOON, left)):
                return False
            leader = session.leader()
        return True

    def _lead(self, session: Session, epoch: int) -> None:
        while not self._stops.is_set():
            try:
                group = self._groups.get(timeout=BEAT)
            except queue.Empty:
                group = Group(epoch)
            sent = now()
            if group is None:
                break
            if group.units:
                if group.epoch != epoch:  # its requests were refused when that epoch ended
                    continue
                event = self._committed(session, epoch, group)
                self.lease = sent + LEASE
                self._report(event)
            else:
                session.beat(epoch)
                self.lease = sent + LEASE
        session.release(epoch)

    def _committed(self, session: Session, epoch: int, group: Group) -> Committed:
        """Commit a group, or where it contains what cannot be written, each of its units by itself."""
        try:
            session.commit(epoch, group.changes())
        except psycopg.Error as error:
            if not session.was_refused(error):
                raise
            if len(group.units) == 1:
                return Committed([(group.units[0], reason_of(error))])
        else:
            return Committed([])
        failed = []
        for unit in group.units:
            try:
                session.commit(epoch, unit.changes)
            except psycopg.Error as error:
                if not session.was_refused(error):
                    raise
                failed.append((unit, reason_of(error)))
        return Committed(failed)
