"""Virtual time."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.clock import CLEARED_AT, Clock, iso, months_later, seconds
from bce_emulator.engine.steps import at_once


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


def test_what_is_planned_anew_again_and_again_fills_no_memory(cloud, running):
    for day in range(3 * CLEARED_AT):
        target = f"/v2/instance/{running}?autorelease"
        cloud.ok("PUT", target, {"releaseTime": f"2030-01-{day % 28 + 1:02d}T00:00:00Z"})

    assert len(cloud.clock._due) <= 2 * CLEARED_AT
    assert cloud.clock.pending == 1


def test_idle_does_not_wait_for_what_was_called_off(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    before = cloud.clock.now()
    cloud.ok("DELETE", f"/v2/instance/{running}")

    at_once(cloud.clock.until_idle(most=100))

    assert cloud.clock.now() == before
