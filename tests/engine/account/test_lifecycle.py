"""States as a table, tried on a lamp."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row, when_done, when_entered
from bce_emulator.engine.steps import at_once
from tests.engine.lamp import LIFECYCLE, Broken, Lamp, NotDark, account_at, add_lamp


def test_the_state_meanwhile_is_in_force_at_once_and_the_state_after_when_its_time_has_passed():
    account = account_at()
    lamp = add_lamp(account)

    account.change(lamp, "light")

    assert lamp.state == "Warming"
    account.clock.advance(9.9)
    assert lamp.state == "Warming"
    account.clock.advance(0.1)
    assert lamp.state == "Bright"


def test_whether_an_action_may_begin_is_told_before_it_does():
    account = account_at()
    lamp, broken = add_lamp(account), add_lamp(account, state="Broken")

    assert account.check(lamp, "light") is LIFECYCLE.find("light", "Dark")
    with pytest.raises(Broken) as refused:
        account.check(broken, "light")

    assert refused.value.explanation == f"{broken.id} is Broken, which does not allow light"
    assert (lamp.state, lamp.pending, account.clock.pending) == ("Dark", None, 0)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (action, state)
        for action in LIFECYCLE.actions
        for state in LIFECYCLE.states
        if not LIFECYCLE.find(action, state)
    ],
)
def test_an_action_outside_its_rows_is_refused_and_changes_nothing(action, state):
    account = account_at()
    lamp = add_lamp(account, state=state)
    version = account.collection(Lamp).version

    with pytest.raises((Broken, NotDark)) as refused:
        account.change(lamp, action)

    assert refused.type is LIFECYCLE.refusal(action, state)
    assert (lamp.state, account.clock.pending, account.collection(Lamp).version) == (state, 0, version)


def test_a_later_action_takes_the_place_of_the_one_under_way():
    account = account_at()
    lamp = add_lamp(account)

    account.change(lamp, "light")
    account.clock.advance(8)
    account.change(lamp, "darken")
    account.clock.advance(4)

    assert lamp.state == "Cooling"
    account.clock.advance(1)
    assert lamp.state == "Dark"
    assert lamp.history == ()


def test_an_action_may_end_in_the_state_it_began_in():
    account = account_at()
    lamp = add_lamp(account, state="Bright")

    account.change(lamp, "dim")
    assert lamp.state == "Dimming"
    account.clock.advance(2)

    assert lamp.state == "Bright"


def test_a_resource_that_is_gone_is_gone_and_what_follows_has_followed():
    account = account_at()
    sold, thrown = add_lamp(account), add_lamp(account, state="Broken")

    account.change(sold, "sell")
    account.change(thrown, "throw")

    assert list(account.all(Lamp)) == [sold]
    assert sold.status == "Dark"
    account.clock.advance(3)
    assert list(account.all(Lamp)) == []
    assert sold.history == thrown.history == ("gone",)


def test_transitions_that_come_due_together_happen_each_at_its_own_moment():
    account = account_at()
    first, second = add_lamp(account), add_lamp(account)
    account.change(second, "light")
    account.clock.advance(3)
    account.change(first, "light")

    happened = account.clock.advance(1_000)

    assert [line.split()[1] for line in happened] == [second.id, first.id]
    assert (second.history, first.history) == (("bright at 1010",), ("bright at 1013",))


@pytest.mark.parametrize(("pace", "seconds"), [(0.0, 0), (0.5, 5), (1.0, 10), (60.0, 600)])
def test_the_pace_multiplies_the_seconds(pace, seconds):
    account = account_at(pace=pace)
    lamp = add_lamp(account)

    account.change(lamp, "light")
    account.clock.advance(max(seconds - 0.5, 0))
    before = lamp.state
    account.clock.advance(0.5)

    assert before == ("Warming" if seconds else "Bright")
    assert lamp.state == "Bright"


def test_a_timer_rings_once_and_can_be_set_anew_or_called_off():
    account = account_at()
    lamp, saved = add_lamp(account), add_lamp(account)
    account.schedule(lamp, "bulb", 1_050.0)
    account.schedule(lamp, "bulb", 1_100.0)
    account.schedule(saved, "bulb", 1_100.0)
    account.schedule(saved, "bulb", None)

    account.clock.advance(60)
    assert lamp.state == "Dark"
    account.clock.advance(60)

    assert (lamp.state, saved.state) == ("Broken", "Dark")
    assert lamp.timers == ()


def test_a_timer_is_planned_and_what_is_planned_keeps_nobody_from_being_idle():
    account = account_at()
    lamp = add_lamp(account)
    account.schedule(lamp, "bulb", 1_100.0)
    account.change(lamp, "light")

    at_once(account.clock.until_idle(most=9))

    assert [(due.moment, due.planned) for due in account.clock.unordered()] == [(1_100.0, True)]
    assert (lamp.state, account.clock.now()) == ("Bright", 1_010.0)


def test_states_that_are_none_are_written_in_parentheses_so_that_no_state_is_called_so():
    assert (GONE, SAME, OTHERWISE) == ("(gone)", "(same)", "(otherwise)")


def test_the_refusal_is_the_one_of_the_state_or_that_of_all_others():
    assert LIFECYCLE.refusal("light", "Broken") is Broken
    assert LIFECYCLE.refusal("light", "Bright") is NotDark
    assert LIFECYCLE.refusal("darken", "Dark") is Broken


def test_a_permission_needs_a_state_and_takes_no_time():
    allowed = permit("look", ["On"], {"Off": Broken, OTHERWISE: NotDark})
    table = Lifecycle(row("go", ("On",), "Off", GONE, 7, Broken), permissions=[allowed], states=["On", "Off"])

    assert allowed == row("look", ("On",), SAME, SAME, 0, {"Off": Broken, OTHERWISE: NotDark})
    assert table.find("look", "On") is allowed
    assert table.find("look", "Off") is None
    assert table.refusal("look", "Off") is Broken
    assert (table.actions, table.states, table.shown_as, table.done) == (("go", "look"), ("On", "Off"), {}, {})
    assert table.rows == (table.find("go", "On"), allowed)


def test_the_longest_row_is_the_one_of_most_seconds():
    assert LIFECYCLE.longest == 10
    assert Lifecycle(states=("On",)).longest == 0


def test_a_table_that_contradicts_itself_stops_the_start():
    with pytest.raises(ValueError, match=r"^go has two rows for the state On$"):
        Lifecycle(
            row("go", ("On",), "On", "On", 0, Broken), row("go", ("On",), "Off", "Off", 0, Broken), states=("On", "Off")
        )
    with pytest.raises(ValueError, match=r"^states that the lifecycle does not list: \['A', 'B', 'C'\]$"):
        Lifecycle(row("go", ("A",), "B", "C", 0, Broken), states=("On",))
    with pytest.raises(ValueError, match=r"^Lamp has no action 'dance'$"):
        when_done(Lamp, "dance")


def test_what_follows_is_declared_by_functions_that_stay_functions():
    def function(_account, _lamp) -> None:
        """Nothing."""

    try:
        assert when_done(Lamp, "dim")(function) is function
        assert LIFECYCLE.done["dim"] == [function]
    finally:
        del LIFECYCLE.done["dim"]


def test_what_follows_a_new_state_is_told_of_the_one_before():
    seen = []

    def function(account, lamp, before):
        seen.append((before, lamp.state))

    try:
        assert when_entered(Lamp)(function) is function
        account = account_at(pace=1.0)
        account.change(add_lamp(account), "light")
        account.clock.advance(10)
    finally:
        LIFECYCLE.entered.remove(function)

    assert seen == [("Dark", "Warming"), ("Warming", "Bright")]
