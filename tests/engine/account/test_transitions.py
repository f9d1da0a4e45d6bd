"""What an action does to a resource beyond its row: what follows, what was planned to go wrong, what a restart awaits."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Pending, Timer
from bce_emulator.engine.account.transitions import resume
from bce_emulator.engine.observe.faults import NEVER, Fault
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.steps import OutOfTurn
from tests.engine.lamp import LIFECYCLE, Broken, Lamp, NotDark, account_at, add_lamp


def test_a_refusal_says_what_the_resource_is_to_a_client_and_what_is_not_allowed():
    account = account_at()
    lamp = add_lamp(account, state="Packing")

    with pytest.raises(NotDark) as refused:
        account.change(lamp, "light")

    assert refused.value.explanation == f"{lamp.id} is Dark, which does not allow light"


def test_an_action_that_changes_nothing_leaves_what_is_under_way_and_touches_nothing():
    account = account_at()
    lamp = add_lamp(account)
    version = account.collection(Lamp).version

    account.change(lamp, "clean")

    assert (lamp.state, lamp.pending, account.clock.pending, account.collection(Lamp).version) == (
        "Dark", None, 0, version,
    )  # fmt: skip


def test_what_is_under_way_is_known_by_action_end_and_moment_and_is_told_when_it_happens():
    account = account_at()
    lamp = add_lamp(account)

    account.change(lamp, "light")

    assert lamp.pending == Pending("light", "Bright", 1_010.0, 1)
    assert [(due.moment, due.number, due.planned) for due in account.clock.unordered()] == [(1_010.0, 1, False)]
    assert account.clock.advance(10) == [f"Lamp {lamp.id} light Bright"]
    assert lamp.pending is None


def test_a_timer_is_told_when_it_rings_and_others_go_on():
    account = account_at()
    lamp = add_lamp(account)
    account.schedule(lamp, "later", 1_200.0)
    account.schedule(lamp, "bulb", 1_100.0)
    account.schedule(lamp, "never", 1_050.0)
    assert lamp.timers == (Timer("later", 1_200.0, 1), Timer("bulb", 1_100.0, 2), Timer("never", 1_050.0, 3))

    account.schedule(lamp, "never", None)

    assert account.clock.advance(150) == [f"Lamp {lamp.id} bulb"]
    assert lamp.timers == (Timer("later", 1_200.0, 1),)


def test_a_timer_that_rings_may_be_set_again_by_what_it_does(monkeypatch):
    account = account_at()
    lamp = add_lamp(account)

    def flicker(account, lamp):
        account.schedule(lamp, "bulb", account.clock.now() + 10)

    monkeypatch.setattr(Lamp, "due", {"bulb": flicker})
    account.schedule(lamp, "bulb", 1_010.0)

    assert account.clock.advance(35) == [f"Lamp {lamp.id} bulb"] * 3
    assert [timer.due for timer in lamp.timers] == [1_040.0]


def test_what_was_called_off_or_has_gone_is_not_awaited_and_happens_no_more():
    account = account_at()
    lamp, sold = add_lamp(account), add_lamp(account)
    account.change(lamp, "light")
    account.change(lamp, "darken")
    account.schedule(lamp, "bulb", 1_100.0)
    account.schedule(lamp, "bulb", None)
    account.change(sold, "light")
    account.schedule(sold, "bulb", 1_100.0)
    assert account.clock.pending == 3

    account.remove(sold)

    assert account.clock.pending == 1
    assert account.clock.advance(1_000) == [f"Lamp {lamp.id} darken Dark"]
    assert (sold.state, sold.history, sold.pending is None) == ("Warming", (), False)


def test_what_follows_an_action_follows_when_its_end_is_reached_by_itself_or_hastened(monkeypatch):
    account = account_at()
    lamp = add_lamp(account)
    done = []

    def dim_too(account, lamp):
        done.append((lamp.state, lamp.pending))
        account.change(lamp, "dim")

    monkeypatch.setattr(LIFECYCLE, "done", {"light": [dim_too]})
    account.change(lamp, "light")

    account.complete(lamp)

    assert done == [("Bright", None)]
    assert (lamp.state, lamp.pending, account.clock.now()) == ("Bright", None, 1_000.0)
    assert account.clock.advance(100) == []


def test_nothing_is_hastened_where_nothing_is_under_way():
    account = account_at()
    lamp = add_lamp(account, state="Broken")

    account.complete(lamp)

    assert (lamp.state, lamp.history) == ("Broken", ())


def test_what_is_sold_is_still_there_for_what_follows_and_may_be_removed_by_it(monkeypatch):
    account = account_at()
    lamp = add_lamp(account, state="Dark")
    seen = []

    def take_away(account, lamp):
        seen.append(account.find(Lamp, lamp.id))
        account.remove(lamp)

    monkeypatch.setattr(LIFECYCLE, "done", {"sell": [take_away]})
    account.change(lamp, "sell")

    assert account.clock.advance(3) == [f"Lamp {lamp.id} sell (gone)"]
    assert lamp.pending is None
    assert seen == [lamp]
    assert list(account.all(Lamp)) == []


def test_what_is_gone_at_once_was_there_when_the_rest_followed(monkeypatch):
    account = account_at()
    lamp = add_lamp(account, state="Broken")
    seen = []
    monkeypatch.setattr(LIFECYCLE, "done", {"throw": [lambda account, lamp: seen.append(account.find(Lamp, lamp.id))]})

    account.change(lamp, "throw")

    assert (seen, account.find(Lamp, lamp.id), account.clock.pending) == ([lamp], None, 0)


def test_what_goes_stays_in_its_state_and_enters_none(monkeypatch):
    account = account_at()
    lamp, entered = add_lamp(account), []
    account.change(lamp, "sell")
    monkeypatch.setattr(LIFECYCLE, "entered", [lambda _account, lamp, _before: entered.append(lamp.state)])

    account.clock.advance(3)

    assert (lamp.state, lamp.pending, lamp.collection, entered) == ("Packing", None, None, [])


def test_nothing_has_to_follow_from_what_is_gone_at_once(monkeypatch):
    account = account_at()
    lamp = add_lamp(account, state="Broken")
    monkeypatch.setattr(LIFECYCLE, "done", {})

    account.change(lamp, "throw")

    assert list(account.all(Lamp)) == []


# fmt: off
OTHER_ROWS = Lifecycle(
    row("polish", ("Dark",),   SAME,     "Bright", 4, Broken),
    row("flash",  ("Dark",),   "Dark",   "Dark",   4, Broken),
    row("pawn",   ("Dark",),   GONE,     GONE,     4, Broken),
    states=("Dark", "Bright", "Broken"),
)
# fmt: on


@pytest.mark.parametrize(("action", "entered"), [("polish", [("Dark", "Bright")]), ("flash", [])])
def test_a_state_that_stays_the_same_is_not_entered_anew(monkeypatch, action, entered):
    monkeypatch.setattr(Lamp, "lifecycle", OTHER_ROWS)
    seen = []
    monkeypatch.setattr(OTHER_ROWS, "entered", [lambda _account, lamp, before: seen.append((before, lamp.state))])
    account = account_at()
    lamp = add_lamp(account)

    account.change(lamp, action)

    assert (lamp.state, seen) == ("Dark", [])
    account.clock.advance(4)
    assert seen == entered


def test_what_follows_a_state_is_told_whose_resource_it_is_however_the_state_was_entered(monkeypatch):
    account = account_at()
    lamp, failing = add_lamp(account), add_lamp(account)
    seen = []
    monkeypatch.setattr(LIFECYCLE, "entered", [lambda *told: seen.append(told)])

    account.change(lamp, "light")
    account.complete(lamp)
    ending(account, NEVER)
    account.change(failing, "light")

    assert seen == [(account, lamp, "Dark"), (account, lamp, "Warming"), (account, failing, "Dark")]


def test_a_transition_lasts_as_long_as_this_account_has_it_last_for_this_kind():
    account = account_at(pace=2.0)
    lamp = add_lamp(account)
    account.account.changed_seconds[Lamp.type_key(), "light"] = 3.0

    account.change(lamp, "light")

    assert lamp.pending == Pending("light", "Bright", 1_006.0, 1)


# Planned to end otherwise


def ending(account: AccountRegion, end_in: str, **facts) -> None:
    """Plan that transitions of lamps end so."""
    facts = {"kinds": (Lamp,)} | facts
    account.account.faults.ending = Fault(id="fault-1", operation=None, end_in=end_in, **facts)


def test_a_transition_ends_as_planned_after_as_long_as_it_takes():
    account = account_at(pace=2.0)
    lamp = add_lamp(account)
    account.account.changed_seconds[Lamp.type_key(), "light"] = 3.0
    ending(account, "Broken")

    account.change(lamp, "light")

    assert account.account.faults.applied is True
    assert (lamp.state, lamp.pending) == ("Warming", Pending("light (fault-1)", "Broken", 1_006.0, 1))
    assert account.clock.advance(6) == [f"Lamp {lamp.id} light (fault-1) Broken"]
    assert (lamp.state, lamp.history) == ("Broken", ()), "what follows light does not follow what is no light"


def test_a_transition_that_never_ends_stays_where_it_is_and_what_was_under_way_is_called_off():
    account = account_at()
    lamp = add_lamp(account)
    account.change(lamp, "light")
    ending(account, NEVER)

    account.change(lamp, "darken")

    assert (lamp.state, lamp.pending, account.clock.pending) == ("Cooling", None, 0)
    assert account.clock.advance(1_000) == []
    assert lamp.state == "Cooling"


@pytest.mark.parametrize("action", ["polish", "pawn"])
def test_what_would_stay_or_go_at_once_stays_as_it_is_until_the_planned_end(monkeypatch, action):
    monkeypatch.setattr(Lamp, "lifecycle", OTHER_ROWS)
    account = account_at()
    lamp = add_lamp(account)
    ending(account, "Broken")

    account.change(lamp, action)

    assert (lamp.state, account.find(Lamp, lamp.id)) == ("Dark", lamp)
    account.clock.advance(4)
    assert lamp.state == "Broken"


def test_what_is_planned_for_others_leaves_a_transition_alone():
    account = account_at()
    lamp, other = add_lamp(account), add_lamp(account)

    for facts in ({"kinds": ()}, {"resource": other.id}):
        ending(account, "Broken", **facts)
        account.change(lamp, "light")

        assert account.account.faults.applied is False
        assert account.clock.advance(10) == [f"Lamp {lamp.id} light Bright"]
        account.change(lamp, "darken")
        account.clock.advance(5)


def test_what_is_refused_or_changes_nothing_is_not_what_was_planned():
    account = account_at()
    lamp = add_lamp(account)
    ending(account, "Broken")

    account.change(lamp, "clean")
    with pytest.raises(Broken):
        account.change(lamp, "darken")

    assert (lamp.state, account.account.faults.applied, account.clock.pending) == ("Dark", False, 0)


# After a restart


def restored(pending: Pending | None, *timers: Timer, last: int = 0) -> tuple[AccountRegion, Lamp]:
    """An account that has read a lamp, and the lamp, which it awaits."""
    account = account_at()
    account.clock.number = last
    lamp = add_lamp(account, state="Warming", pending=pending, timers=timers)
    resume(account, lamp)
    return account, lamp


def test_what_was_under_way_is_awaited_again_with_its_number():
    account, lamp = restored(Pending("light", "Bright", 1_005.0, 7), Timer("bulb", 1_100.0, 8), last=9)

    assert sorted((due.moment, due.number, due.planned) for due in account.clock.unordered()) == [
        (1_005.0, 7, False), (1_100.0, 8, True),
    ]  # fmt: skip
    assert (account.clock.number, account.clock.pending) == (9, 2)
    assert account.clock.advance(100) == [f"Lamp {lamp.id} light Bright", f"Lamp {lamp.id} bulb"]
    assert (lamp.state, lamp.pending, lamp.timers) == ("Broken", None, ())


def test_what_has_no_number_yet_gets_the_next_ones_in_its_order():
    account, lamp = restored(Pending("light", "Bright", 1_005.0), Timer("one", 1_100.0), Timer("bulb", 1_100.0), last=9)

    assert lamp.pending == Pending("light", "Bright", 1_005.0, 10)
    assert lamp.timers == (Timer("one", 1_100.0, 11), Timer("bulb", 1_100.0, 12))
    assert sorted(due.number for due in account.clock.unordered()) == [10, 11, 12]


def test_timers_of_which_one_has_no_number_are_all_numbered_anew():
    _, lamp = restored(None, Timer("one", 1_100.0, 4), Timer("bulb", 1_100.0), last=9)

    assert lamp.timers == (Timer("one", 1_100.0, 10), Timer("bulb", 1_100.0, 11))


def test_nothing_is_awaited_of_what_is_at_rest():
    account, lamp = restored(None)

    assert (lamp.pending, lamp.timers, account.clock.pending, account.clock.number) == (None, (), 0, 0)


@pytest.fixture
def two(monkeypatch) -> tuple[AccountRegion, list[str]]:
    """A lamp's account, and in which others its ends and timers look; one of those is only on disk."""
    registry = StoredAccounts(lambda: 1_000.0, 1.0)
    registry.read = lambda name: (yield) or registry.blank(name)
    for name in ("test", "friend"):
        registry.add_credentials(Credentials(name, "secret", name))
    registry.note_stored(["friend"])
    account = registry.open("test").in_region("bj")
    account.clock.freeze()
    seen: list[str] = []

    def look(here: AccountRegion, lamp: Lamp) -> None:
        lamp.history = (*lamp.history, "looked")
        seen.append(here.of("friend").name)

    monkeypatch.setattr(Lamp, "due", {"bulb": look})
    monkeypatch.setattr(LIFECYCLE, "done", {"light": [look], "sell": [look]})
    return account, seen


LOOKING = {
    "a state": lambda account, lamp: account.change(lamp, "light"),
    "an end": lambda account, lamp: account.change(lamp, "sell"),
    "a timer": lambda account, lamp: account.schedule(lamp, "bulb", 1_010.0),
}


@pytest.mark.parametrize("looks", [True, lambda account: account.name == "test"])
@pytest.mark.parametrize("how", LOOKING)
def test_what_looks_at_an_account_on_disk_is_taken_back_until_that_is_read(two, how, looks, monkeypatch):
    account, seen = two
    monkeypatch.setattr(Lamp, "looks_at_others", looks)
    lamp = add_lamp(account)
    LOOKING[how](account, lamp)
    before = (lamp.state, lamp.pending, lamp.timers)
    account.clock.move(1_010.0)

    with pytest.raises(OutOfTurn) as out:
        account.clock.run_some(9)

    assert ((lamp.state, lamp.pending, lamp.timers), lamp.history, seen) == (before, (), [])
    assert account.account.undo is None
    out.value.after.hurry()
    assert account.clock.run_some(9) == 1_010.0
    assert (seen, lamp.history) == (["friend"], ("looked",))
    assert {"a state": lamp.state == "Bright", "an end": lamp.collection is None, "a timer": lamp.timers == ()}[how]


@pytest.mark.parametrize("looks", [False, lambda account: account.name != "test"])
@pytest.mark.parametrize("how", LOOKING)
def test_what_does_not_say_that_it_looks_reads_the_account_at_once(two, how, looks, monkeypatch):
    account, seen = two
    monkeypatch.setattr(Lamp, "looks_at_others", looks)
    lamp = add_lamp(account)
    LOOKING[how](account, lamp)
    account.clock.move(1_010.0)

    assert account.clock.run_some(9) == 1_010.0
    assert (seen, lamp.history) == (["friend"], ("looked",))


@pytest.mark.parametrize("how", LOOKING)
def test_where_nobody_waits_the_account_is_read_at_once(two, how, monkeypatch):
    account, seen = two
    monkeypatch.setattr(Lamp, "looks_at_others", True)
    LOOKING[how](account, add_lamp(account))

    assert len(account.clock.advance(10)) == 1
    assert seen == ["friend"]


def test_an_account_that_is_awake_is_not_taken_note_of(two, monkeypatch):
    account, seen = two
    monkeypatch.setattr(Lamp, "looks_at_others", lambda _account: seen.append("asked") or True)
    account.of("friend")
    lamp = add_lamp(account)
    account.change(lamp, "light")
    account.clock.move(1_010.0)

    assert account.clock.run_some(9) == 1_010.0
    assert seen == ["friend"]
