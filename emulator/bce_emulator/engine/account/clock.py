"""Virtual time, and what is due when. Nothing runs in the background: what is due happens between requests."""

from __future__ import annotations

import heapq
import logging
import time
from calendar import monthrange, timegm
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime
from time import gmtime, strftime
from typing import NamedTuple

from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.steps import OutOfTurn, Shared, StepsAside, at_once

log = logging.getLogger("bce_emulator.clock")

QUICK_SECONDS = 2
"""At the pace ``quick`` the slowest transition of all lasts this long."""
CLEARED_AT = 1_000
"""How many things may be due before those that were called off are looked for."""


HOUR = 3_600
DAY = 24 * HOUR
"""In seconds."""
LATEST = 221_845_392_000.0
"""The latest that a clock can be set to, the year 9000: what is planned from there still has a year of four digits."""
LAST_MOMENT = 253_402_300_799.0
"""The last that the API can write, in the year 9999; nothing is planned for later."""

Happen = Callable[[float], object]
_new = tuple.__new__


class Due(NamedTuple):
    """Something that will happen: when, in which order among equals, what, and whether it was put off to a date.

    What happens answers something that says so as text, or None if it fell away.
    ``is_live`` says whether it is still to happen; what was called off stays in the heap until it is cleared away.
    """

    moment: float
    number: int
    happen: Happen
    planned: bool
    is_live: Callable[[], bool]


def _always() -> bool:
    return True


class Agenda(NamedTuple):
    """What a clock awaits at one moment."""

    due: list[Due]
    number: int
    under_way: int


class Clock:
    """The time of one account: Unix seconds that run with the wall clock unless frozen, and can be moved on.

    ``pace`` multiplies the virtual seconds of transitions: 1 is realistic, 0 is instant. While something happens that
    ``waits`` if it needs an account that is only on disk, it may be put off until that is read.
    """

    def __init__(self, wall: Callable[[], float] = time.time, pace: float = 1.0) -> None:
        self.pace = pace
        self.frozen = False
        self.waits = False
        self._wall = wall
        self._offset = 0.0
        self._stands_at = 0.0
        self._due: list[Due] = []
        self.number = 0
        self._under_way = 0
        self._settling: float | None = None
        self._told: list[list[str]] = []
        self._clear_at = CLEARED_AT

    def now(self) -> float:
        """The virtual time in Unix seconds; while something due happens, the moment it was due."""
        if self._settling is not None:
            return self._settling
        return self._stands_at if self.frozen else self._wall() + self._offset

    def freeze(self) -> None:
        """Let the time stand still."""
        self._stands_at = self.now()
        self.frozen = True

    def run(self) -> None:
        """Let the time run on from where it is."""
        if self.frozen:
            self._offset = self._stands_at - self._wall()
            self.frozen = False

    def set(self, moment: float) -> list[str]:
        """Make it this time, earlier or later; answers what came due."""
        self.move(moment)
        return self.run_due()

    def move(self, moment: float) -> None:
        """Make it this time, and leave what is due by then to ``run_due``."""
        if self.frozen:
            self._stands_at = moment
        else:
            self._offset = moment - self._wall()

    def advance(self, seconds: float) -> list[str]:
        """Move the time on; answers what came due, each at its own moment, the earliest first."""
        return self.set(self.now() + seconds)

    def until_idle(self, most: int) -> StepsAside[list[str]]:
        """Move the time on until nothing is under way any more, but over no more than ``most`` events.

        What is only planned, such as the end of what was paid for, is not waited for: it may go on for ever.
        """
        happened: list[str] = []
        self._clear()
        while self._under_way and len(happened) < most:
            self.move(max(self.now(), self._due[0].moment))
            happened += yield from self.due_in_steps()
        return happened

    def next_number(self) -> int:
        """The number that orders the next event among those of the same moment."""
        self.number += 1
        return self.number

    def ahead(self, seconds: float) -> tuple[float, int]:
        """The moment that many seconds from now, and the number of what is to happen then."""
        self.number = number = self.number + 1
        return self.now() + seconds, number

    def at(
        self,
        moment: float,
        happen: Happen,
        planned: bool = False,
        number: int = 0,
        is_live: Callable[[], bool] = _always,
    ) -> None:
        """Have something happen at a moment; ``run_due`` returns its result, where None means that it fell away."""
        self._under_way += not planned
        heapq.heappush(self._due, _new(Due, (moment, number or self.next_number(), happen, planned, is_live)))
        if len(self._due) > self._clear_at:
            self._clear()

    def run_due(self) -> list[str]:
        """Let everything that is due happen at once, whatever has to be read for it."""
        return at_once(self.due_in_steps(waits=False))

    def is_behind(self) -> bool:
        """Whether something is due."""
        return bool(self._due) and self._due[0].moment <= self.now()

    def run_some(self, most: int) -> float:
        """Let some of what is due happen; answers the time by which all has.

        ``OutOfTurn`` says that there is more, and what has to be waited for before, if anything.
        """
        now = self.now()
        while self._due and self._due[0].moment <= now:
            if not most:
                raise OutOfTurn
            self.waits = True
            try:
                self._happen(heapq.heappop(self._due))
            finally:
                self.waits = False
            most -= 1
        return now

    def due_in_steps(self, waits: bool = True) -> StepsAside[list[str]]:
        """Let everything that is due by now happen, one thing in each step, which says what it waits for.

        Answers all that came due meanwhile, whoever let it happen.
        """
        now = self.now()
        happened: list[str] = []
        self._told.append(happened)
        try:
            while self._due and self._due[0].moment <= now:
                before, self.waits, after = self.waits, waits, None
                try:
                    self._happen(heapq.heappop(self._due))
                except OutOfTurn as out:
                    if not waits:
                        raise
                    after = out.after
                finally:
                    self.waits = before
                yield after
        finally:
            self._told = [other for other in self._told if other is not happened]
        return happened

    def _happen(self, due: Due) -> None:
        self._under_way -= not due.planned
        before, self._settling = self._settling, due.moment
        try:
            result = due.happen(due.moment)
        except OutOfTurn as out:
            self._put_off(due, out)
            raise
        except ApiError:
            # A fault of ours; whoever comes by at that moment did not ask for it and is not refused for it.
            log.exception("what was due at %s was refused", iso(due.moment))
            return
        finally:
            self._settling = before
        if result is not None:
            for happened in self._told:
                happened.append(str(result))

    def _put_off(self, due: Due, out: OutOfTurn) -> None:
        self._under_way += not due.planned
        if self.waits and out.after is not None:
            happen = due.happen.happen if isinstance(due.happen, After) else due.happen
            due = due._replace(happen=After(out.after, happen))
            out.has_to_succeed = False
        heapq.heappush(self._due, due)

    def agenda(self) -> Agenda:
        """What it awaits, for ``restore``."""
        return Agenda(list(self._due), self.number, self._under_way)

    def restore(self, agenda: Agenda) -> None:
        """Await what it did then; the time is left alone."""
        self._due, self.number, self._under_way = agenda

    def discard(self) -> None:
        """Forget everything that was still to happen."""
        self._due.clear()
        self._under_way = 0

    @property
    def setting(self) -> float:
        """The moment at which a frozen clock stands, or how far one that runs is ahead of the wall clock."""
        return self._stands_at if self.frozen else self._offset

    @property
    def pending(self) -> int:
        """How many things are still to happen."""
        return sum(due.is_live() for due in self._due)

    def due_in(self) -> float | None:
        """In how many seconds of the wall clock something is due, or was but fell away; None if time brings nothing."""
        if self.frozen or not self._due:
            return None
        return max(0.0, self._due[0].moment - self.now())

    def _clear(self) -> None:
        """Forget what was called off, so that planning something anew for ever takes no more and more memory."""
        self._due = [due for due in self._due if due.is_live()]
        heapq.heapify(self._due)
        self._under_way = sum(not due.planned for due in self._due)
        self._clear_at = CLEARED_AT + 2 * len(self._due)

    def unordered(self) -> list[Due]:
        """What is still to happen, and what fell away but was not met yet, in any order."""
        return list(self._due)


@dataclass(frozen=True, slots=True)
class After:
    """Something that waits for work; that this has failed is a fault of ours."""

    work: Shared
    happen: Happen

    def __call__(self, moment: float) -> object:
        """Have it happen, if the work is done."""
        if not self.work.is_over:
            raise OutOfTurn(self.work)
        self.work.check()
        return self.happen(moment)


def process_time() -> float:
    """The time as all code of this process sees it: a library that freezes or moves it replaces ``time.time``."""
    return time.time()


def iso(moment: float) -> str:
    """Unix seconds as the API writes times: ``2026-01-01T00:00:00Z``."""
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(moment))


def seconds(text: str) -> float:
    """Unix seconds of a time as the API writes it; ValueError if it is none."""
    return float(timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")))


def months_later(moment: float, months: int) -> float:
    """The same day and time of day so many calendar months later, or the month's last day if it has no such day.

    One month at least, so that what renews itself gets on, and no later than ``LAST_MOMENT``.
    """
    start = datetime.fromtimestamp(moment, UTC)
    index = start.year * 12 + start.month - 1 + max(1, months)
    year, month = index // 12, index % 12 + 1
    if year > MAXYEAR:
        return LAST_MOMENT
    day = min(start.day, monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day).timestamp()
