"""What one access key owns in one region, and what operations are told when they ask it."""

from __future__ import annotations

import orjson
import pytest

from bce_emulator.engine.account import account_region
from bce_emulator.engine.account.account_settings import AccountSetting
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.account.references import when_added
from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.steps import OutOfTurn
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc
from tests.engine.lamp import Broken, Lamp, account_at, add_lamp


def test_it_knows_whose_it_is_and_where_and_shares_the_clock_and_nothing_else():
    here = account_at(name="mine")
    there = here.in_region("gz")

    assert (here.name, here.region, here.account_key) == ("mine", "bj", ("mine", "bj"))
    assert (there.name, there.region, there.account_key) == ("mine", "gz", ("mine", "gz"))
    assert there.clock is here.clock is here.account.clock
    assert there.in_region("bj") is here
    assert there.tokens is not here.tokens
    assert here.requested_ids == {}


def test_a_setting_is_what_is_set_for_the_account_and_else_its_default():
    account, other = account_at(), account_at()
    limit = AccountSetting("lamp.limit", 7, "how many lamps")

    account.account.settings["lamp.limit"] = 0

    assert (account.setting(limit), other.setting(limit)) == (0, 7)
    assert account.in_region("gz").setting(limit) == 0


def test_what_another_key_owns_is_reached_in_the_same_region():
    account = account_at()
    registry = account.account.registry
    registry.add_credentials(Credentials("friend", "secret", account="theirs"))

    assert account.of("nobody") is None
    reached = account.in_region("gz").of("friend")

    assert reached is registry.open("theirs").in_region("gz")
    assert reached.account_key == ("theirs", "gz")


def test_what_is_reached_while_a_call_may_be_taken_back_is_taken_back_too():
    account = account_at()
    registry = account.account.registry
    registry.add_credentials(Credentials("friend", "secret", account="theirs"))
    lamp = add_lamp(registry.open("theirs").in_region("bj"), room="before")

    with Undo(account.account) as undo:
        account.of("friend").get(Lamp, lamp.id).room = "after"
        undo.take_back()

    assert lamp.room == "before"


@pytest.mark.parametrize("awaits", [True, False])
def test_a_call_that_awaits_others_goes_no_further_at_one_that_is_only_on_disk(awaits):
    registry = StoredAccounts(lambda: 0.0, 1.0)
    registry.read = lambda name: (yield) or Account(name, registry, lambda: 0.0, 1.0)
    for name in ("test", "friend", "here"):
        registry.add_credentials(Credentials(name, "secret", name))
    registry.note_stored(["friend"])
    account = registry.open("test").in_region("bj")
    with Undo(account.account, awaits) as undo:
        assert undo.awaits_others is awaits
        assert account.of("nobody") is None
        here = account.of("here")
        assert here.name == "here"
        if awaits:
            for each in (account, here):
                with pytest.raises(OutOfTurn) as out:
                    each.of("friend")
                assert out.value.after is registry.under_way("friend") is not None
            out.value.after.hurry()
        assert here.of("friend").account.undo is undo
    assert account.of("friend").account.undo is None
    assert list(registry.by_name) == (["test", "here", "friend"])
    assert registry.asleep == {}


def test_who_is_reached_from_an_account_that_is_in_work_waits_with_it_where_that_may_change_others():
    account = account_at()
    registry = account.account.registry
    registry.add_credentials(Credentials("friend", "secret", account="theirs"))
    account.of("friend")
    assert registry.work == {}

    work = registry.begin_work(["test"], (_ for _ in ()), looks_at_others=True)
    account.of("friend")

    assert registry.work == {"test": work, "theirs": work}


def test_a_new_resource_was_made_now_unless_it_says_when():
    account = account_at(1_000.0)

    now, before = add_lamp(account), add_lamp(account, created=5.0)

    assert (now.created, before.created) == (1_000.0, 5.0)
    assert list(account.all(Lamp)) == [now, before]


def test_what_is_declared_to_follow_a_new_resource_follows_once_it_is_there(monkeypatch):
    monkeypatch.setattr(Lamp, "added", ())
    seen = []

    @when_added(Lamp)
    def light_it(account, lamp):
        seen.append((account, lamp, account.find(Lamp, lamp.id)))

    account = account_at()
    lamp = add_lamp(account)

    assert seen == [(account, lamp, lamp)]


def test_a_resource_that_is_not_there_is_refused_with_its_error_or_the_one_that_is_given():
    account = account_at(name="mine")
    lamp = add_lamp(account, room="hall")
    assert account.get(Lamp, lamp.id) is account.find(Lamp, lamp.id) is lamp
    assert account.get(Lamp, lamp.id, Broken) is lamp

    for missing, error in ((None, NoSuchObject), (Broken, Broken)):
        with pytest.raises(error) as refused:
            account.get(Lamp, "lamp-none", missing)
        assert refused.value.explanation == "no Lamp of account mine in bj has this id"
        with pytest.raises(error) as refused:
            account.get_by(Lamp, "room", "attic", missing)
        assert refused.value.explanation == "no Lamp in bj has this room"


def test_to_look_for_a_resource_of_a_kind_that_was_never_there_makes_nothing():
    account = account_at()

    assert account.find(Lamp, "lamp-none") is None
    assert Lamp not in account.collections


def test_of_several_with_the_same_value_the_oldest_is_found():
    account = account_at()
    first, second, other = (add_lamp(account, room=room) for room in ("hall", "hall", "attic"))

    assert account.where(Lamp, "room", "hall") == [first, second]
    assert account.find_by(Lamp, "room", "hall") is account.get_by(Lamp, "room", "hall") is first
    assert account.get_by(Lamp, "room", "attic", Broken) is other
    assert account.find_by(Lamp, "room", "cellar") is None


def test_an_id_that_a_seed_asks_for_is_given_once():
    account = account_at()
    account.requested_ids[Lamp] = "lamp-wanted"

    drawn = [account.new_id(Lamp) for _ in range(3)]

    assert drawn[0] == "lamp-wanted"
    assert drawn[1:] == [account_at().new_id(Lamp), f"lamp-{text_of(2)}"]
    assert account.requested_ids == {}


def text_of(number: int) -> str:
    """The text of this number in a fresh account."""
    account = account_at()
    return [account.new_text(Lamp.prefix, Lamp.id_letters) for _ in range(number)][-1]


def test_an_id_that_a_resource_has_already_is_passed_over():
    account = account_at()
    account.add(Lamp(id=f"lamp-{text_of(1)}"))

    assert account.new_id(Lamp) == f"lamp-{text_of(2)}"


def test_numbers_are_counted_for_each_purpose():
    account = account_at()

    assert [account.next_number(purpose) for purpose in "aaba"] == [1, 2, 1, 3]
    assert (account.last_numbers["a"], account.last_numbers["b"]) == (3, 1)
    account.new_text("c", "hex")
    assert [account.next_number(purpose) for purpose in "ac"] == [4, 2]


def test_a_text_is_the_same_in_every_run_and_another_one_elsewhere_for_another_purpose_and_the_next_time():
    def text(purpose: str = "a", region: str = "bj", name: str = "mine", number: int = 1) -> str:
        account = account_at(name=name).in_region(region)
        account.last_numbers[purpose] = number - 1
        return account.new_text(purpose, "hex")

    assert text() == text()
    assert len({text(), text(purpose="b"), text(region="gz"), text(name="theirs"), text(number=2)}) == 5


def test_what_is_under_way_is_hastened_with_what_follows_from_it():
    account = account_at()
    lamp, other = add_lamp(account), add_lamp(account)
    account.change(lamp, "light")
    account.change(other, "light")

    account.complete(lamp)

    assert (lamp.state, lamp.history, other.state) == ("Bright", ("bright at 1000",), "Warming")


def test_what_keeps_a_resource_from_going_is_told_of_this_account():
    account, other = account_at(), account_at(name="theirs")
    subnet = next(iter(account.all(Subnet)))
    vpc = account.get(Vpc, subnet.vpc_id)

    assert subnet in account.dependents(vpc)
    assert account.dependents(subnet) == []
    assert set(account.dependents(vpc)).isdisjoint(other.dependents(other.get(Vpc, next(iter(other.all(Vpc))).id)))


def show(_account, lamp: Lamp) -> dict[str, str]:
    return {"room": lamp.room}


def test_what_is_shown_of_others_is_made_anew_when_one_of_those_has_changed():
    account = account_at()
    shown, other = add_lamp(account, room="hall"), add_lamp(account)
    alone, together = account.rendered(shown, show), account.rendered(shown, show, Lamp)
    assert orjson.dumps([alone, together]) == b'[{"room":"hall"},{"room":"hall"}]'
    assert account.rendered(shown, show, Lamp) is together

    other.room = "attic"

    assert account.rendered(shown, show, Lamp) is not together


def test_what_shows_a_resource_is_told_whose_it_is():
    account = account_at(name="mine")

    shown = account.rendered(add_lamp(account), lambda account, lamp: {"of": account.name, "state": lamp.state})

    assert orjson.dumps(shown) == b'{"of":"mine","state":"Dark"}'


def test_what_one_function_shows_is_not_what_another_shows():
    account = account_at()
    lamp = add_lamp(account, room="hall")
    account.rendered(lamp, show)

    assert orjson.dumps(account.rendered(lamp, lambda _account, lamp: {"id": lamp.id})) == b'{"id":"%b"}' % (
        lamp.id.encode()
    )


def test_when_enough_was_rendered_others_come_first_and_what_is_kept_needs_no_turn():
    account = account_at()
    lamps = [add_lamp(account) for _ in range(3)]
    account.account.renders_left = 2
    kept = [account.rendered(lamp, show) for lamp in lamps[:2]]

    with pytest.raises(OutOfTurn):
        account.rendered(lamps[2], show)

    assert [account.rendered(lamp, show) for lamp in lamps[:2]] == kept
    assert account.account.renders_left == 0
    account.account.renders_left = 1
    assert account.rendered(lamps[2], show) is account.rendered(lamps[2], show)
    assert account.account.renders_left == 0


def test_an_index_of_many_is_made_some_at_a_time_where_others_come_first(monkeypatch):
    monkeypatch.setattr(account_region, "AT_ONCE", 2)
    account = account_at()
    lamps = [add_lamp(account, room="ab"[number % 2]) for number in range(5)]
    account.account.renders_left = 1
    outs = 0
    while True:
        try:
            found = account.where(Lamp, "room", "b")
        except OutOfTurn:
            outs += 1
        else:
            break

    assert (found, outs) == (lamps[1::2], 2)
    assert account.account.renders_left == 1
    assert account.indexed(Lamp, "room") is account.collection(Lamp)
    account.account.renders_left = None
    assert account.where(Lamp, "id", lamps[0].id) == lamps[:1]
