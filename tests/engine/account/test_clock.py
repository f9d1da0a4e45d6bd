"""Virtual time."""

from __future__ import annotations

import asyncio
import time

import pytest

from bce_emulator.engine.account import clock as module
from bce_emulator.engine.account.clock import (
    CLEARED_AT,
    DAY,
    HOUR,
    LAST_MOMENT,
    LATEST,
    QUICK_SECONDS,
    After,
    Clock,
    iso,
    months_later,
    process_time,
    seconds,
)
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.engine.steps import OutOfTurn, Shared, Steps, at_once
from tests.conftest import REFUSED


def test_it_runs_with_the_wall_clock_until_it_is_frozen_and_then_on_from_there():
    wall = [100.0]
    clock = Clock(wall=lambda: wall[0])
    assert clock.now() == 100

    clock.freeze()
    wall[0] = 500.0
    assert clock.now() == 100
    clock.run()
    wall[0] = 510.0

    assert clock.now() == 110


def test_it_can_be_set_to_any_time_running_or_frozen():
    wall = [100.0]
    clock = Clock(wall=lambda: wall[0])

    clock.set(5_000)
    wall[0] += 1
    assert clock.now() == 5_001
    clock.freeze()
    clock.set(10)
    wall[0] += 1

    assert clock.now() == 10


def test_what_is_due_happens_in_order_and_sees_its_own_moment():
    clock = Clock(wall=lambda: 0.0)
    seen = []
    for moment in (30, 10, 20, 10):
        clock.at(moment, lambda at: seen.append((at, clock.now())) or str(at))

    assert clock.run_due() == []
    assert clock.advance(25) == ["10", "10", "20"]

    assert seen == [(10, 10), (10, 10), (20, 20)]
    assert clock.now() == 25
    assert clock.pending == 1


def test_what_becomes_due_while_others_happen_happens_too():
    clock = Clock(wall=lambda: 0.0)
    clock.at(10, lambda at: clock.at(15, lambda at: "second") or "first")

    assert clock.advance(20) == ["first", "second"]


@pytest.mark.parametrize("moment", [0.0, 1_767_225_600.0, 4_102_444_799.0])
def test_times_are_written_as_the_api_writes_them(moment):
    assert seconds(iso(moment)) == moment


@pytest.mark.parametrize("text", ["", "2026-01-01", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", "yesterday"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        seconds(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15T08:30:00Z", 1, "2026-02-15T08:30:00Z"),
        ("2026-01-31T00:00:00Z", 1, "2026-02-28T00:00:00Z"),
        ("2024-01-31T00:00:00Z", 1, "2024-02-29T00:00:00Z"),
        ("2026-11-30T00:00:00Z", 3, "2027-02-28T00:00:00Z"),
        ("2026-06-01T00:00:00Z", 36, "2029-06-01T00:00:00Z"),
    ],
)
def test_months_are_calendar_months(start, months, end):
    assert iso(months_later(seconds(start), months)) == end


@pytest.mark.parametrize(("start", "months"), [(LATEST, 12_000), (LATEST, 2**53 - 1), (LAST_MOMENT, 1)])
def test_no_months_lead_past_the_last_moment_that_the_api_can_write(start, months):
    assert months_later(start, months) == LAST_MOMENT
    assert (iso(LATEST), iso(LAST_MOMENT)) == ("9000-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    assert (LATEST % 1, LAST_MOMENT % 1) == (0, 0)
    assert iso(months_later(LAST_MOMENT - 31 * DAY, 1)) == "9999-12-30T23:59:59Z"


def test_a_due_thing_that_is_refused_is_logged_and_refuses_nothing_else():
    clock = Clock(wall=lambda: 0.0)

    def refuse(_moment: float) -> str:
        raise OperationDenied("no")

    clock.at(10, refuse)
    clock.at(20, lambda _moment: "next")

    assert clock.advance(30) == ["next"]
    assert clock.now() == 30
    said = REFUSED.messages.pop()
    assert said.startswith("what was due at 1970-01-01T00:00:10Z was refused")
    assert "OperationDenied: no" in said


def test_what_is_planned_anew_again_and_again_fills_no_memory(cloud, running, monkeypatch):
    monkeypatch.setattr(module, "CLEARED_AT", 20)
    cloud.clock._clear()
    for day in range(3 * 20):
        target = f"/v2/instance/{running}?autorelease"
        cloud.ok("PUT", target, {"releaseTime": f"2030-01-{day % 28 + 1:02d}T00:00:00Z"})

    assert len(cloud.clock._due) <= 2 * 20
    assert cloud.clock.pending == 1


def test_idle_does_not_wait_for_what_was_called_off(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    before = cloud.clock.now()
    cloud.ok("DELETE", f"/v2/instance/{running}")

    at_once(cloud.clock.until_idle(most=100))

    assert cloud.clock.now() == before


def test_a_clock_runs_with_this_machine_at_pace_one_unless_told_otherwise():
    clock = Clock()

    assert abs(clock.now() - time.time()) < DAY
    assert abs(process_time() - time.time()) < DAY
    assert (clock.pace, clock.frozen, clock.number, clock.setting, clock.pending) == (1.0, False, 0, 0.0, 0)
    assert (HOUR, DAY, QUICK_SECONDS, CLEARED_AT) == (3_600, 86_400, 2, 1_000)


def test_its_setting_is_where_it_stands_or_how_far_it_is_ahead():
    clock = Clock(wall=lambda: 100.0)
    assert (clock._stands_at, clock.setting) == (0.0, 0.0)

    clock.set(130.0)
    assert (clock.setting, clock.frozen) == (30.0, False)
    clock.freeze()
    assert (clock.setting, clock.frozen) == (130.0, True)
    clock.run()

    assert (clock.setting, clock.frozen) == (30.0, False)
    clock.run()
    assert clock.setting == 30.0


def test_running_on_changes_nothing_for_a_clock_that_runs():
    wall = [100.0]
    clock = Clock(wall=lambda: wall[0])
    clock.freeze()
    clock.run()
    clock.advance(50)
    wall[0] += 1

    clock.run()

    assert clock.now() == 151


def test_what_is_due_now_happens_and_what_fell_away_is_not_told():
    clock = Clock(wall=lambda: 100.0)
    clock.at(100, lambda at: None)
    clock.at(100, lambda at: "now")
    clock.at(101, lambda at: "later")

    assert clock.run_due() == ["now"]
    assert clock.run_due() == []
    assert clock.advance(1) == ["later"]


def test_events_of_one_moment_happen_in_the_order_of_their_numbers():
    clock = Clock(wall=lambda: 0.0)
    assert [clock.next_number() for _ in range(3)] == [1, 2, 3]
    clock.at(5, lambda at: "fourth")
    clock.at(5, lambda at: "second", number=2)

    assert clock.number == 4
    assert [(due.moment, due.number, due.planned) for due in sorted(clock.unordered())] == [
        (5, 2, False),
        (5, 4, False),
    ]
    assert clock.advance(5) == ["second", "fourth"]


def test_an_event_that_fails_leaves_the_clock_at_its_time():
    clock = Clock(wall=lambda: 0.0)
    clock.at(5, lambda at: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        clock.advance(10)

    assert clock.now() == 10


def under_way(*moments: float, planned: tuple[float, ...] = ()) -> Clock:
    """A clock with things under way, and others only planned."""
    clock = Clock(wall=lambda: 0.0)
    for moment in moments:
        clock.at(moment, str)
    for moment in planned:
        clock.at(moment, str, planned=True)
    return clock


@pytest.mark.parametrize(
    ("clock", "most", "happened", "now"),
    [
        (under_way(), 9, [], 0),
        (under_way(planned=(5,)), 9, [], 0),
        (under_way(10, 20, planned=(5, 15, 25)), 9, ["5", "10", "15", "20"], 20),
        (under_way(10, 20, 20, 30), 2, ["10", "20", "20"], 20),
        (under_way(10, 20), 1, ["10"], 10),
        (under_way(10, 20), 2, ["10", "20"], 20),
        (under_way(10, 20), 0, [], 0),
        (under_way(-10), 9, ["-10"], 0),
    ],
)
def test_idle_is_when_nothing_is_under_way_whatever_is_planned(clock, most, happened, now):
    assert at_once(clock.until_idle(most)) == happened
    assert clock.now() == now


def test_idle_is_not_reached_early_where_something_is_planned_meanwhile():
    clock = under_way(20)
    clock.at(10, lambda at: clock.at(30, str, planned=True) or "10")

    assert at_once(clock.until_idle(9)) == ["10", "20"]


def test_what_is_discarded_between_two_steps_is_not_waited_for():
    clock = under_way(10, 20)
    steps = clock.until_idle(9)

    next(steps)
    clock.discard()

    assert list(steps) == []
    assert clock.now() == 10
    clock.at(30, str)
    assert clock.advance(20) == ["30"]


def test_some_of_what_is_due_happens_and_then_the_rest():
    clock, seen = under_way(3), []
    clock.at(1, lambda at: (clock.run_due(), seen.append(clock.now())) and "1")
    clock.at(1, lambda at: seen.append(clock.now()))
    clock.move(5)

    with pytest.raises(OutOfTurn) as out:
        clock.run_some(1)
    assert (seen, out.value.after, len(clock.unordered())) == ([1, 1], None, 1)
    assert clock.run_some(1)
    assert (clock.run_some(1), clock.unordered(), clock._told) == (5, [], [])


def put_off(clock: Clock, work: Shared, moment: float, *, planned: bool = False) -> list[tuple[float, bool]]:
    """Something due that needs this work first; when it was tried, and whether it could wait."""
    tried: list[tuple[float, bool]] = []

    def happen(at: float) -> str:
        tried.append((clock.now(), clock.waits))
        if len(tried) == 1:
            raise OutOfTurn(work)
        return f"done at {at:g}"

    clock.at(moment, happen, planned)
    return tried


@pytest.mark.parametrize("planned", [False, True])
def test_what_is_due_and_waits_for_work_happens_at_its_moment_before_what_is_later_when_that_is_done(planned):
    clock = Clock(wall=lambda: 0.0)
    clock.at(1, str, planned=True)
    work = Shared(step for step in (None, None))
    tried = put_off(clock, work, 1, planned=planned)
    clock.at(1, str, planned=True)
    clock.move(3)

    for tries in (1, 1):
        with pytest.raises(OutOfTurn) as out:
            clock.run_some(9)
        assert (out.value.after, out.value.has_to_succeed, len(tried)) == (work, False, tries)
        assert (clock.pending, clock._under_way, clock.now(), clock.waits) == (2, not planned, 3, False)
    assert not work.is_over
    work.hurry()

    clock.at(9, str)
    assert (work.is_over, clock.set(3)) == (True, ["done at 1", "1"])
    assert tried == [(1, True), (1, False)]
    assert (clock.pending, clock._under_way, clock.waits) == (1, 1, False)


def test_what_is_due_in_steps_gives_what_it_waits_for_and_goes_on_where_nothing_has_to_be_waited_for():
    clock = Clock(wall=lambda: 0.0)
    clock.at(1, str)
    work = Shared(step for step in (None,))
    tried = put_off(clock, work, 2)
    clock.at(3, str)
    clock.move(3)
    steps = clock.due_in_steps()

    assert [next(steps) for _ in range(3)] == [None, work, work]
    work.hurry()
    assert [next(steps) for _ in range(2)] == [None, None]
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value == ["1", "done at 2", "3"]
    assert (tried, clock.waits, clock._told) == ([(2, True), (2, True)], False, [])


def test_two_put_off_at_once_are_both_under_way_until_they_happen():
    clock = Clock(wall=lambda: 0.0)
    works = [Shared(step for step in (None,)) for _ in range(2)]
    for work in works:
        put_off(clock, work, 1)
    clock.move(1)

    for work in works:
        with pytest.raises(OutOfTurn):
            clock.run_some(9)
        assert clock._under_way == 2 - works.index(work)
        work.hurry()
    assert (clock.run_some(9), clock._under_way) == (1, 0)


def test_however_often_it_is_met_what_is_put_off_waits_once_and_what_is_out_of_turn_alone_does_not_wait():
    clock = Clock(wall=lambda: 0.0)
    work = Shared(step for step in (None,))
    put_off(clock, work, 1)
    clock.at(2, lambda _: out_of_turn(), planned=True)
    clock.move(3)

    def out_of_turn() -> None:
        raise OutOfTurn

    for _ in range(3):
        with pytest.raises(OutOfTurn):
            clock.run_some(9)
    (due,) = [due for due in clock.unordered() if not due.planned]
    assert (due.happen.work, isinstance(due.happen.happen, After)) == (work, False)
    work.hurry()
    with pytest.raises(OutOfTurn) as out:
        clock.run_some(9)

    assert (out.value.after, out.value.has_to_succeed) == (None, True)
    assert [isinstance(due.happen, After) for due in clock.unordered()] == [False]


def test_what_is_done_at_once_within_something_that_may_wait_may_not():
    clock, seen = Clock(wall=lambda: 0.0), []
    clock.at(1, lambda _: seen.append(clock.waits) or (clock.run_due() and seen.append(clock.waits)))
    clock.at(1, lambda _: seen.append(clock.waits) or "next")
    clock.move(1)

    clock.run_some(9)

    assert seen == [True, False, True]


def test_what_is_due_meets_the_error_of_the_work_that_it_waits_for_and_goes():
    clock = Clock(wall=lambda: 0.0)

    def fail() -> Steps[None]:
        yield
        raise OperationDenied("no such thing")

    work = Shared(fail())
    tried = put_off(clock, work, 1)
    clock.move(2)
    steps = clock.due_in_steps()
    assert next(steps) is work
    asyncio.run(work.wait())

    assert (list(steps), clock.pending, tried) == ([None], 0, [(1, True)])
    assert "OperationDenied: no such thing" in REFUSED.messages.pop()


def test_a_thing_that_is_out_of_turn_and_waits_for_nothing_is_tried_again():
    clock, tried = Clock(wall=lambda: 0.0), []

    def happen(_moment: float) -> str:
        tried.append(clock.now())
        if len(tried) == 1:
            raise OutOfTurn
        return "done"

    clock.at(1, happen)
    clock.move(1)
    with pytest.raises(OutOfTurn):
        clock.run_due()

    assert (clock.run_due(), clock._told, clock.pending) == (["done"], [], 0)


def test_idle_waits_for_what_is_under_way_anew_and_is_reached_at_once_when_all_is_discarded():
    clock = under_way(10)
    clock.at(10, lambda at: clock.at(30, str) or "again")

    assert at_once(clock.until_idle(9)) == ["10", "again", "30"]
    clock.at(40, str)
    clock.discard()
    assert (at_once(clock.until_idle(9)), clock.now(), clock.pending) == ([], 30, 0)


def test_what_was_called_off_is_cleared_away_when_there_is_much_of_it():
    clock, live = Clock(wall=lambda: 0.0), [True]
    for _ in range(CLEARED_AT - 1):
        clock.at(5, str, is_live=lambda: live[0])
    clock.at(7, str, planned=True)
    live[0] = False

    assert (len(clock.unordered()), clock.pending) == (CLEARED_AT, 1)
    clock.at(6, str)
    assert (len(clock.unordered()), clock.pending, clock._clear_at) == (2, 2, CLEARED_AT + 4)
    assert clock._due[0].moment == 6
    assert at_once(clock.until_idle(9)) == ["6"]
    for _ in range(CLEARED_AT + 3):
        clock.at(8, str, is_live=lambda: False)
    assert len(clock.unordered()) == CLEARED_AT + 4


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai"])
def test_months_are_those_of_utc_wherever_the_machine_is(monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        end = iso(months_later(seconds("2026-01-30T20:00:00Z"), 1))
    finally:
        monkeypatch.undo()
        time.tzset()

    assert end == "2026-02-28T20:00:00Z"


def test_what_it_awaited_at_a_moment_is_awaited_again():
    clock = Clock(wall=lambda: 100.0)
    clock.freeze()
    happened: list[str] = []
    clock.at(110.0, lambda _: happened.append("first"))
    agenda = clock.agenda()
    clock.at(105.0, lambda _: happened.append("second"))
    clock.at(120.0, lambda _: happened.append("third"), planned=True)
    clock.advance(7)

    clock.restore(agenda)

    assert (clock.number, clock.pending, clock.now()) == (1, 1, 107.0)
    assert at_once(clock.until_idle(10)) == []
    assert (happened, clock.now()) == (["second", "first"], 110.0)


def test_it_tells_in_how_many_seconds_something_is_due():
    wall = [100.0]
    clock = Clock(wall=lambda: wall[0])
    assert clock.due_in() is None
    clock.at(130.0, str)
    clock.at(110.0, str)

    assert clock.due_in() == 10.0
    wall[0] = 125.0
    assert clock.due_in() == 0.0
    clock.run_due()
    assert clock.due_in() == 5.0
    clock.freeze()
    assert clock.due_in() is None


def test_it_is_behind_while_the_first_thing_that_it_awaits_is_due():
    wall = [100.0]
    clock = Clock(wall=lambda: wall[0])
    assert not clock.is_behind()
    clock.at(130.0, str)
    clock.at(110.0, str)

    assert not clock.is_behind()
    wall[0] = 110.0
    assert clock.is_behind()
    clock.run_due()
    assert not clock.is_behind()


def test_what_is_to_happen_in_some_seconds_has_the_next_number():
    clock = Clock(wall=lambda: 100.0)

    assert [clock.ahead(10.0), clock.ahead(5.0), clock.next_number()] == [(110.0, 1), (105.0, 2), 3]


def test_so_much_of_what_is_due_by_now_happens_as_there_is_time_for():
    clock = Clock(wall=lambda: 100.0)
    happened: list[float] = []
    for moment in (98.0, 99.0, 100.0, 101.0):
        clock.at(moment, happened.append)

    with pytest.raises(OutOfTurn):
        clock.run_some(2)
    assert happened == [98.0, 99.0]
    assert (clock.run_some(2), happened) == (100.0, [98.0, 99.0, 100.0])
