"""Resources on their collection: order, indexes, markers, ids."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bce_emulator.engine.account import collection
from bce_emulator.engine.declare.pages import page
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.engine.steps import at_once
from tests.engine.lamp import Lamp, account_at, add_lamp


def pages(account, size: int, change=lambda marker: None) -> list[list[str]]:
    """All pages of the lamps, with a change after each."""
    found, marker = [], ""
    while True:
        response = page(dict, account, Lamp, "lamps", lambda lamp: lamp.id, marker, size)
        found.append(response["lamps"])
        if not response["isTruncated"]:
            assert "nextMarker" not in response
            return found
        marker = response["nextMarker"]
        change(marker)


@given(count=st.integers(0, 30), size=st.integers(1, 12))
def test_pages_together_are_the_whole_list_newest_first(count, size):
    account = account_at()
    lamps = [add_lamp(account).id for _ in range(count)]

    found = pages(account, size)

    assert [each for part in found for each in part] == lamps[::-1]
    assert all(len(part) == size for part in found[:-1])


def test_pages_are_stable_while_the_list_changes():
    account = account_at()
    lamps = [add_lamp(account) for _ in range(20)]

    gone = set()

    def change(marker: str) -> None:
        add_lamp(account)
        account.remove(account.get(Lamp, marker))
        gone.add(marker)

    found = [each for part in pages(account, 5, change) for each in part]

    assert len(gone) == 3
    assert found == [lamp.id for lamp in reversed(lamps) if lamp.id not in gone]


def test_a_marker_that_never_was_one_and_a_size_below_one_are_refused():
    account = account_at()
    add_lamp(account)

    with pytest.raises(BadRequest):
        page(dict, account, Lamp, "lamps", lambda lamp: lamp.id, "lamp-unknown")
    with pytest.raises(BadRequest):
        page(dict, account, Lamp, "lamps", lambda lamp: lamp.id, "", 0)


@pytest.mark.parametrize("marker", ["", "-1"])
def test_the_first_page_has_no_marker(marker):
    account = account_at()

    assert page(dict, account, Lamp, "lamps", str, marker, 5000) == {
        "marker": "",
        "isTruncated": False,
        "maxKeys": 1000,
        "lamps": [],
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "move", "tag", "remove", "index", "where"]),
            st.integers(0, 9),
            st.sampled_from("abc"),
        ),
        max_size=60,
    )
)
def test_an_index_always_says_what_a_look_at_everything_says(steps):
    account = account_at()
    for step, which, letter in steps:
        lamps = list(account.all(Lamp))
        if step == "add" or not lamps:
            add_lamp(account, room=letter)
        elif step == "move":
            lamps[which % len(lamps)].room = letter
        elif step == "tag":
            lamps[which % len(lamps)].tags = (letter, letter + "2")
        elif step == "index":
            account.collection(Lamp).index("room" if which % 2 else "tags", 1)
        elif step == "where":
            with patch.object(collection, "AT_ONCE", 1):
                assert account.where(Lamp, "room", letter) == [lamp for lamp in lamps if lamp.room == letter]
                assert account.where(Lamp, "tags", letter) == [lamp for lamp in lamps if letter in lamp.tags]
        else:
            account.remove(lamps[which % len(lamps)])

    for letter in "abc":
        assert set(account.where(Lamp, "room", letter)) == {lamp for lamp in account.all(Lamp) if lamp.room == letter}
        assert set(account.where(Lamp, "tags", letter)) == {lamp for lamp in account.all(Lamp) if letter in lamp.tags}


def test_many_that_come_at_once_have_the_indexes_made_that_were_asked_for_elsewhere(monkeypatch):
    monkeypatch.setattr(collection, "ASKED", {})
    account_at().where(Lamp, "room", "a")
    assert collection.ASKED[Lamp] == {"room": None}
    monkeypatch.setattr(collection, "AT_ONCE", 2)
    lamps = [Lamp(id=f"lamp-{number}", room="ab"[number % 2], serial=number + 1) for number in range(7)]
    kept = account_at().collection(Lamp)

    work, paused = kept.fill(lamps, 9, {"lamp-x": 8}), 0
    for _ in work:
        paused += 1

    assert paused == 3 + 3
    assert list(kept.indexes) == ["room"]
    assert kept.where("room", "b") == lamps[1::2]
    assert (list(kept), kept.by_id["lamp-3"], lamps[3].collection) == (lamps, lamps[3], kept)
    assert [each.id for each in kept.newest_first("lamp-x")][:2] == ["lamp-6", "lamp-5"]


def test_a_call_that_looks_for_something_among_many_enters_some_into_the_index_and_finds_all(monkeypatch):
    account = account_at()
    lamps = [add_lamp(account, room="ab"[number % 2], tags=("a", "b")) for number in range(7)]
    monkeypatch.setattr(collection, "AT_ONCE", 3)
    kept, entered = account.collection(Lamp), []

    for _ in range(3):
        assert (kept.where("room", "b"), kept.where("room", "c")) == (lamps[1::2], [])
        assert (kept.where("tags", "b"), kept.where("tags", ("a", "b"))) == (lamps, [])
        entered.append([sum(map(len, kept.indexes[name].values())) for name in ("room", "tags")])

    assert entered == [[6, 12], [7, 14], [7, 14]]


def test_by_which_fields_something_will_be_looked_for_can_be_declared(monkeypatch):
    monkeypatch.setattr(collection, "ASKED", {})
    collection.looked_for_by(Lamp, "room")
    collection.looked_for_by(Lamp, "tags", "room")
    kept = account_at().collection(Lamp)

    at_once(kept.fill([Lamp(id="lamp-1", room="a", serial=1)], 1, {}))

    assert list(kept.indexes) == ["room", "tags"]


def test_ids_are_the_same_in_every_run_and_different_in_every_account():
    mine, again, theirs = account_at(), account_at(), account_at(name="test-2")

    drawn = [mine.new_id(Lamp) for _ in range(100)]

    assert drawn == [again.new_id(Lamp) for _ in range(100)]
    assert len(set(drawn)) == 100
    assert set(drawn).isdisjoint(theirs.new_id(Lamp) for _ in range(100))


def test_a_resource_of_another_account_is_not_found():
    mine, theirs = account_at(), account_at(name="test-2")
    lamp = add_lamp(theirs)

    with pytest.raises(NoSuchObject):
        mine.get(Lamp, lamp.id)


def test_what_is_shown_is_made_anew_only_after_a_change():
    account = account_at()
    lamp, other = add_lamp(account, room="a"), add_lamp(account)
    created = []

    def show(_account, rendered):
        created.append(rendered.id)
        return {"room": rendered.room}

    first = account.rendered(lamp, show)
    other.room = "b"
    assert account.rendered(lamp, show) is first
    lamp.room = "c"
    second = account.rendered(lamp, show)

    assert second is not first
    assert created == [lamp.id, lamp.id]
