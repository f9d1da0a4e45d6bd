"""What is held for all clients together, and who is given up of too many."""

from __future__ import annotations

import pytest

from bce_emulator.engine.http.too_much import Held, first_of_too_much


@pytest.mark.parametrize(
    ("sizes", "first"),
    [({}, None), ({"a": 11}, None), ({"a": 5, "b": 5}, None), ({"a": 99, "b": 5, "c": 5}, None),
     ({"a": 6, "b": 5, "c": 6}, "a"), ({"b": 5, "a": 6, "c": 7}, "b"), ({"a": 5, "b": 99, "c": 6}, "a"),
     ({"a": 6, "b": 6, "c": 6}, "a")],
)  # fmt: skip
def test_who_came_first_is_given_up_where_all_but_the_largest_are_too_much(sizes, first):
    assert first_of_too_much(sizes, 10) == first


@pytest.fixture
def given_up() -> list[str]:
    return []


@pytest.fixture
def held(given_up) -> Held[str]:
    return Held("heads", 100, given_up.append)


def test_who_began_first_is_given_up_and_that_is_logged_once(held, given_up, caplog):
    for name, size in (("a", 50), ("b", 50), ("c", 50)):
        held.note(name, size)
    assert given_up == [], "the largest does not count"

    held.note("d", 50)
    held.note("e", 50)

    assert given_up == ["a", "b"]
    assert (held.sizes, held.total) == ({"c": 50, "d": 50, "e": 50}, 150)
    assert caplog.messages == ["heads take more than 100 bytes together; who began first is given up"]


def test_several_go_at_once_where_one_needs_much(held, given_up):
    for name, size in (("a", 30), ("b", 30), ("c", 40), ("d", 200), ("e", 95)):
        held.note(name, size)

    assert given_up == ["a", "b", "c"]


def test_what_grows_keeps_its_place_and_what_has_ended_counts_no_more(held, given_up):
    for name in "abc":
        held.note(name, 20)
    held.note("a", 45)
    held.note("b", 0)
    for name in "de":
        held.note(name, 45)

    assert given_up == ["a"]
    for name in "cde":
        held.note(name, 0)
    assert (held.sizes, held.total) == ({}, 0)
    held.note("never held", 0)
    assert held.total == 0


def test_when_nothing_is_held_any_more_it_is_logged_again(held, caplog):
    for _ in range(2):
        for name in "abcd":
            held.note(name, 50)
        assert held.sizes.keys() == set("bcd")
        for name in "bcd":
            held.note(name, 0)

    assert len(caplog.records) == 2
