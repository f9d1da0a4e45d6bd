"""How long a standby waits at most before it leads, with time that does not pass by itself. With a database: tests/cluster."""

from __future__ import annotations

import pytest

from bce_emulator.engine.persist.postgres import leadership
from bce_emulator.engine.persist.postgres.leadership import LEASE, POLL, SOON, STALE, Leadership
from bce_emulator.engine.persist.postgres.session import Leader

OTHER = 900


class Database:
    """What every session sees: who has the lock, and the leader's row. ``happens`` is what others do, and when."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        self.row = Leader(4, 70, "other", "one.example:8080")
        self.locked_by: int | None = OTHER
        self.happens: list[tuple[float, object]] = []
        self.stopped = False
        self.replica = Leadership("", "two.example:8080", self.reported)
        self.replica._stops = self
        self.events: list[object] = []
        monkeypatch.setattr(leadership, "now", lambda: self.now)

    def at(self, seconds: float, what) -> None:
        self.happens.append((1_000 + seconds, what))

    def wait(self, seconds: float) -> bool:
        """In place of the replica's own waiting: time passes."""
        self.now += seconds
        due = [each for each in self.happens if each[0] <= self.now]
        self.happens = [each for each in self.happens if each[0] > self.now]
        for _, what in due:
            what()
        return self.stopped

    def is_set(self) -> bool:
        return self.stopped

    def stop(self) -> None:
        self.stopped = True

    def reported(self, event: object) -> None:
        self.events.append(event)

    def commit(self) -> None:
        """The leader says something."""
        self.row = self.row._replace(commits=self.row.commits + 1)

    def end_session(self) -> None:
        self.locked_by = None

    def campaign(self, session: Session | None = None) -> float:
        """After how many seconds it leads."""
        assert self.replica._campaign(session or Session(self))
        return self.now - 1_000


class Session:
    """As postgres.session has it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def leader(self) -> Leader:
        return self.database.row

    def try_lock(self) -> bool:
        if self.database.locked_by is None:
            self.database.locked_by = id(self)
        return self.database.locked_by == id(self)

    def end_holder(self, commits: int) -> bool:
        is_meant = self.database.locked_by is not None and commits == self.database.row.commits
        if is_meant:
            self.database.end_session()
        return is_meant

    def claim(self) -> None:
        self.database.commit()

    def elect(self, holder: str, address: str) -> int:
        row = self.database.row
        self.database.row = Leader(row.epoch + 1, row.commits + 1, holder, address)
        return row.epoch + 1

    def contents(self) -> tuple[list[str], list[bytes]]:
        return [], []

    def release(self, epoch: int) -> None:
        if self.database.row.epoch == epoch:
            self.database.row = self.database.row._replace(holder="")


@pytest.fixture
def database(monkeypatch) -> Database:
    return Database(monkeypatch)


def test_who_is_killed_in_the_middle_of_its_work_is_followed_when_its_lease_is_over(database):
    for tenth in range(20):
        database.at(tenth / 10 + 0.05, database.commit)
    database.at(2, database.end_session)

    taken = database.campaign()

    assert 1.95 + LEASE <= taken <= 2 + POLL + LEASE + SOON


def test_who_was_silent_before_is_followed_that_much_sooner(database):
    database.at(0.3, database.commit)
    database.at(0.9, database.end_session)

    assert 0.3 + LEASE <= database.campaign() <= 0.3 + POLL + LEASE + SOON
    assert database.row.commits == 70 + 2, "whoever waits with the lock says so once, lest another ends its session"


def test_who_stands_still_is_followed_as_soon_as_its_session_is_ended_since_its_lease_is_over_by_then(database):
    database.at(0.5, database.commit)

    assert 0.5 + STALE <= database.campaign() <= 0.5 + STALE + 2 * POLL + SOON


def test_who_stood_still_and_said_something_before_its_session_was_ended_is_waited_for(database):
    class Slow(Session):
        def end_holder(self, commits: int) -> bool:
            is_meant = super().end_holder(commits)
            database.commit()
            return is_meant

    assert database.campaign(Slow(database)) >= STALE + LEASE


def test_who_has_the_lock_since_the_silence_keeps_its_session(database):
    class Late(Session):
        """Another standby was quicker, and has the lock and an epoch already."""

        def end_holder(self, commits: int) -> bool:
            database.locked_by, database.row = 901, Leader(5, database.row.commits + 1, "third", "three.example:8080")
            database.stop()
            return super().end_holder(commits)

    assert not database.replica._campaign(Late(database))

    assert database.locked_by == 901


def test_who_lost_its_session_and_says_that_it_stopped_is_not_waited_for(database):
    database.at(0, database.end_session)
    database.at(0.35, lambda: Session(database).release(4))

    assert 0.35 <= database.campaign() <= 0.35 + POLL + SOON


def test_who_led_says_so_when_it_has_a_session_again_and_answers_nobody_from_when_it_lost_it(database, monkeypatch):
    class Short(Session):
        def beat(self, epoch: int) -> None:
            assert database.replica.lease > database.now
            raise ConnectionError

    monkeypatch.setattr(leadership, "BEAT", 0)
    database.end_session()
    database.row = database.row._replace(holder="")
    with pytest.raises(ConnectionError):
        database.replica._campaign_and_lead(Short(database))
    assert database.replica.lease == 0
    assert database.row.holder == database.replica._holder
    database.locked_by = OTHER
    database.at(0, database.stop)

    assert not database.replica._campaign(Session(database))

    assert database.row.holder == ""
