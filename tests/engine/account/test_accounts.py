"""Accounts and the keys that open them, from outside to forgotten."""

from __future__ import annotations

import time

import pytest

from bce_emulator.engine.account import accounts as module
from bce_emulator.engine.account.accounts import FREED_AT_ONCE, Accounts, Credentials, on_account_created
from bce_emulator.engine.account.idle import FORGOTTEN_AT_ONCE, Idle
from bce_emulator.engine.steps import at_once
from tests.engine.lamp import LIFECYCLE, Lamp, add_lamp

GIVEN = Credentials("given", "secret", account="a")
MINTED = Credentials("minted", "secret", account="a", minted=True)


def accounts(*credentials: Credentials, pace: float = 1.0) -> Accounts:
    made = Accounts(wall=lambda: 1_000.0, pace=pace)
    for each in credentials:
        made.add_credentials(each)
    return made


def test_keys_are_permanent_given_and_allowed_everything_unless_they_say_so_and_never_shown():
    assert Credentials("k", "s", account="a") == Credentials("k", "s", "a", "", None, "", minted=False)
    assert repr(Credentials("k", "hidden", account="a", session_token="hidden")) == (
        "Credentials(access_key='k', account='a', expires_at=None, acl='', minted=False, owner='', "
        "max_resources=None, forget_at=None)"
    )


def test_an_account_is_made_on_first_use_and_is_one_in_all_its_regions(monkeypatch):
    born = []
    monkeypatch.setattr(module, "ON_ACCOUNT_CREATED", [])
    on_account_created(born.append)
    known = accounts(pace=3.0)
    assert (known.get("a"), "a" in known, len(known), known.names()) == (None, False, 0, [])

    account = known.open("a")
    region = account.in_region("bj")

    assert known.open("a") is known.get("a") is known.by_name["a"] is account
    assert ("a" in known, len(known), known.names()) == (True, 1, ["a"])
    assert (account.name, account.registry, account.clock.pace, account.clock.now()) == ("a", known, 3.0, 1_000.0)
    assert (account.settings, account.changed_seconds, account.faults.planned) == ({}, {}, [])
    assert (account.renders_left, account.undo, account.put_back) == (None, None, None)
    assert account.in_region("bj") is account.regions["bj"] is region
    assert born == [region]
    other = account.in_region("gz")
    assert list(account.opened_regions()) == born == [region, other]
    assert (other.account, other.region, other.clock) == (account, "gz", account.clock)


def test_what_new_accounts_are_born_with_is_declared_by_a_function_that_stays_one():
    def function(_account) -> None:
        """Nothing."""

    try:
        assert on_account_created(function) is function
        assert module.ON_ACCOUNT_CREATED[-1] is function
    finally:
        module.ON_ACCOUNT_CREATED.remove(function)


def test_regions_may_be_opened_while_those_there_are_are_looked_at():
    account = accounts().open("a")
    account.in_region("bj")

    assert [account.in_region("gz").region for _ in account.opened_regions()] == ["gz"]


def test_a_blank_account_is_not_in_the_list():
    known = accounts(pace=2.0)

    account = known.blank("a")

    assert (account.name, account.registry, account.clock.pace, account.clock.now()) == ("a", known, 2.0, 1_000.0)
    assert len(known) == 0


def test_accounts_follow_the_wall_clock_at_pace_one_unless_told_otherwise():
    known = Accounts()

    assert known.wall is time.time
    assert known.open("a").clock.pace == 1.0
    assert (known.minted, known.last_access_key, known.idle.seconds) == (0, 0, None)
    assert known.open("a").renders_left is None
    assert known.find_account("a") is None


def test_a_row_lasts_as_long_as_this_account_has_it_last():
    account = accounts().open("a")
    light, darken = LIFECYCLE.find("light", "Dark"), LIFECYCLE.find("darken", "Bright")
    assert account.seconds(Lamp, light) == 10

    account.changed_seconds[Lamp.type_key(), "light"] = 0.5

    assert (account.seconds(Lamp, light), account.seconds(Lamp, darken)) == (0.5, 5)


def test_keys_open_their_account_until_they_are_taken_away():
    known = accounts(GIVEN, MINTED, Credentials("other", "secret", account="b"))
    assert (known.keys_of("a"), known.keys_of("b"), known.keys_of("c")) == (["given", "minted"], ["other"], [])
    assert (known.minted_by("a"), known.minted_by("b"), known.minted_by("c")) == ([MINTED], [], [])
    assert known.minted == 1

    assert known.find_account("given") is known.find_account("minted") is known.open("a")
    assert known.find_account("nobody") is None
    known.remove_credentials("given")
    assert known.find_account("given") is None
    assert (known.keys_of("a"), known.minted) == (["minted"], 1)
    known.remove_credentials("minted")

    assert (known.keys_of("a"), known.minted, known._keys_of) == ([], 0, {"b": {"other": None}})


def lit(known: Accounts):
    """An account with a lamp that is about to be bright."""
    account = known.open("a").in_region("bj")
    account.change(add_lamp(account), "light")
    return account


def is_empty(account) -> bool:
    """Whether nothing is held any more, so that no collector is needed."""
    return (account.collections, account.account.regions, account.clock.pending) == ({}, {}, 0)


def test_a_reset_takes_what_an_account_has_and_leaves_the_keys_that_were_given():
    known = accounts(MINTED, GIVEN, Credentials("next", "secret", account="a", minted=True))
    account = lit(known)
    lamps = account.collection(Lamp)

    known.reset("a")
    known.reset("never used")

    assert not is_empty(account)
    at_once(known.free())
    assert is_empty(account)
    assert lamps.by_id == {}
    assert (known.names(), known.keys_of("a"), known.minted) == ([], ["given"], 0)


def test_an_account_that_is_forgotten_goes_with_its_keys():
    known = accounts(GIVEN, MINTED)
    account = lit(known)

    assert known.forget("a") == ["given", "minted"]
    assert known.forget("a") == []
    at_once(known.free())

    assert is_empty(account)
    assert (known.names(), known.credentials, known.minted) == ([], {}, 0)


def test_an_account_takes_the_place_of_another_and_its_faults():
    known = accounts()
    before, other = lit(known), known.blank("a")

    known.replace(other)
    at_once(known.free())

    assert known.open("a") is other
    assert other.faults is before.account.faults
    assert is_empty(before)


@pytest.mark.parametrize(
    ("forget", "left"), [(Accounts.forget_idle, 1), (lambda known: at_once(known.forget_all_idle()), 0)]
)
def test_accounts_that_nobody_has_used_for_long_are_forgotten_some_at_a_time(forget, left):
    known, moment = accounts(), [1_000.0]
    known.wall = lambda: moment[0]
    known.idle = Idle(60)
    for name in "abc":
        known.open(name)
    moment[0] += 60
    forget(known)
    assert known.names() == ["a", "b", "c"]
    moment[0] += 1

    forget(known)

    assert known.names() == ["a", "b", "c"][3 - left :]
    assert FORGOTTEN_AT_ONCE == 2


def test_an_account_is_the_same_while_another_has_work_under_way():
    known = accounts()
    account = known.open("a")
    known.begin_work(["b"], (_ for _ in ()))

    assert known.open("a") is account


def test_how_many_resources_keys_allow_is_known_as_long_as_they_are():
    known = accounts()
    known.add_credentials(Credentials("few", "s", account="few", max_resources=3))
    known.add_credentials(Credentials("any", "s", account="any"))
    assert known.max_resources == {"few": 3}

    for access_key in ("few", "any"):
        known.remove_credentials(access_key)

    assert known.max_resources == {}


def test_an_account_that_is_large_is_freed_some_at_a_time():
    known = accounts()
    account = known.open("a").in_region("bj")
    for _ in range(FREED_AT_ONCE + 1):
        add_lamp(account)
    lamps = account.collection(Lamp)

    known.reset("a")
    steps = known.free()
    next(steps)

    assert (len(lamps._order), len(known.discarded)) == (1, 1)
    next(steps)
    assert (len(lamps._order), len(known.discarded)) == (0, 0)
    assert next(steps, None) is None
    assert FREED_AT_ONCE == 100


def test_some_of_what_was_forgotten_is_freed_when_idle_accounts_are_looked_for():
    known = accounts()
    account = lit(known)
    known.reset("a")

    known.forget_idle()

    assert is_empty(account)


def test_who_is_used_again_is_not_idle_and_nobody_is_where_idling_is_allowed():
    known, moment = accounts(), [1_000.0]
    known.wall = lambda: moment[0]
    known.open("never noted")
    known.idle = Idle(60)
    known.open("a")
    moment[0] += 50
    known.open("a")
    moment[0] += 50

    known.forget_idle()

    assert known.names() == ["never noted", "a"]


def aged(moment: list[float]) -> Accounts:
    """Accounts that began at 1,000, with keys that are forgotten later; "further" is a key of somebody else's account."""
    known = accounts()
    known.wall = lambda: moment[0]
    for name, account, age in (
        ("late", "late", 2_000.0), ("a", "a", 1_060.0), ("further", "late", 1_060.0), ("b", "b", 1_060.0), ("ever", "ever", None),
    ):  # fmt: skip
        known.add_credentials(Credentials(name, "secret", account=account, forget_at=age))
        known.open(account)
    return known


@pytest.mark.parametrize(
    ("forget", "left"), [(Accounts.forget_idle, ["b"]), (lambda known: at_once(known.forget_all_idle()), [])]
)
def test_keys_that_have_an_age_are_forgotten_then_some_at_a_time_with_the_account_of_their_name(forget, left):
    moment = [1_000.0]
    known = aged(moment)
    moment[0] = 1_059.9
    forget(known)
    assert list(known.credentials) == ["late", "a", "further", "b", "ever"]

    moment[0] = 1_060.0
    forget(known)
    assert (list(known.credentials), known.names()) == (["late", *left, "ever"], ["late", *left, "ever"])

    forget(known)
    assert (list(known.credentials), known.names()) == (["late", "ever"], ["late", "ever"])
    moment[0] = 2_000.0
    forget(known)
    assert (list(known.credentials), known.names()) == (["ever"], ["ever"])
    moment[0] = 9_000.0
    forget(known)
    assert (list(known.credentials), known.names()) == (["ever"], ["ever"])


def test_keys_that_were_taken_away_have_no_age_any_more():
    moment = [1_000.0]
    known = aged(moment)
    known.remove_credentials("a")
    known.add_credentials(Credentials("a", "secret", account="a"))
    moment[0] = 1_060.0

    at_once(known.forget_all_idle())

    assert list(known.credentials) == ["late", "ever", "a"]


def test_an_account_counts_what_it_has_in_all_regions():
    known = accounts()
    account = known.open("a")
    regions = [account.in_region(region) for region in ("bj", "bj", "gz")]
    born_with = account.count()
    for each in regions:
        add_lamp(each)

    assert account.count() == born_with + 3


def test_an_account_that_was_made_beside_the_others_is_one_of_them_and_counts_as_used():
    known, moment = accounts(), [1_000.0]
    known.wall = lambda: moment[0]
    known.idle = Idle(60)
    account = known.blank("a")

    known.begin(account)

    assert (known.get("a"), known.names()) == (account, ["a"])
    moment[0] += 60
    known.forget_idle()
    assert known.names() == ["a"]
    moment[0] += 1
    known.forget_idle()
    assert known.names() == []


def test_the_journal_of_an_account_is_forgotten_with_what_it_has():
    known, forgotten = accounts(GIVEN), []
    known.reset("a")  # without a journal there is none to forget
    known.forget_journal = forgotten.append

    known.reset("a")
    known.forget("b")

    assert forgotten == ["a", "b"]


def test_one_account_reaches_another_by_its_key_and_nothing_is_noted_where_nothing_is_taken_back():
    known = accounts(GIVEN)

    assert known.open("b").in_region("gz").of("given") is known.open("a").in_region("gz")


def working(known: Accounts, name: str, done: list[str]):
    """Three steps that say what they have done, and at their end that nobody needs to wait."""

    def steps():
        for number in range(3):
            done.append(f"{name}{number}")
            known.get(name)  # what asks is not waited for
            yield
        known.end_work(name)

    return known.begin_work([name], steps())


def test_who_asks_for_an_account_that_a_call_has_in_hand_does_the_rest_of_its_work_first():
    known, done = accounts(), []
    account = known.open("a")
    assert known.under_way("a") is None
    known.finish("a")

    work = working(known, "a", done)
    next(work.steps)

    assert (known.under_way("a"), known.under_way("b")) == (work, None)
    assert known.open("b") is not account
    assert done == ["a0"]
    assert known.get("a") is account
    assert done == ["a0", "a1", "a2"]
    assert known.under_way("a") is None


@pytest.mark.parametrize("looks", [False, True])
def test_who_can_be_taken_back_waits_for_work_that_changes_others_unless_it_is_the_one(looks):
    known, seen = accounts(), []

    def steps():
        seen.append((known.is_to_be_awaited("a"), known.may_have_to_wait()))
        yield

    assert known.begin_work([], steps()).looks_at_others is False
    work = known.begin_work("ab", steps(), looks)
    assert (known.work, work.looks_at_others) == ({"a": work, "b": work}, looks)
    assert [known.is_to_be_awaited(name) for name in "abc"] == [looks, looks, False]
    assert known.may_have_to_wait() is looks

    next(work.steps)

    assert seen == [(False, False)]
    known.work.clear()
    known.asleep = ["c"]
    assert [known.is_to_be_awaited(name) for name in "abc"] == [False, False, True]
    assert known.may_have_to_wait()


@pytest.mark.parametrize("looks", [False, True])
def test_an_account_that_work_may_have_changed_waits_with_the_one_that_it_is_on(looks):
    known = accounts()
    work = known.begin_work(["a"], (_ for _ in ()), looks)
    others = known.begin_work(["b"], (_ for _ in ()), looks_at_others=True)

    for name, other in (("a", "b"), ("a", "c"), ("d", "e")):
        known.join_work(name, other)

    assert known.work == {"a": work, "b": others} | ({"c": work} if looks else {})


def test_a_reset_comes_after_the_work_on_its_account_and_leaves_that_on_others():
    known, done = accounts(), []
    for name in "abc":
        known.open(name)
        working(known, name, done)

    known.reset("b")

    assert (done, list(known.work)) == (["b0", "b1", "b2"], ["a", "c"])


def test_work_on_an_account_that_is_to_be_something_else_is_dropped():
    known, done = accounts(), []
    work = working(known, "a", done)
    next(work.steps)

    known.drop_work("a")
    known.drop_work("a")
    known.end_work("a")

    assert (done, known.work) == (["a0"], {})
    with pytest.raises(StopIteration):
        next(work.steps)


def test_where_all_are_in_memory_none_has_to_be_read_and_a_call_awaits_others_only_where_it_says_so():
    known = accounts(GIVEN)

    account = known.open("a")

    assert account.name not in known.asleep
    assert (account.clock.waits, account.undo, account.renders_left) == (False, None, None)
