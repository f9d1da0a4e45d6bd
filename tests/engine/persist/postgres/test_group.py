"""Changes that go together into one commit: what follows what, and what depends on what."""

from __future__ import annotations

import asyncio

import pytest

from bce_emulator.engine.persist.postgres.group import Group, append
from bce_emulator.engine.persist.rows import CREDENTIALS, Changes, common_key, leftover_key

ONE, TWO, OTHER = ("a", "bj", "K", "1"), ("a", "bj", "K", "2"), ("b", "bj", "K", "1")
MINTED = ("a", "", CREDENTIALS, "")


def after(table: dict, *several: Changes) -> dict:
    """What the table has when these were made in this order, or those that they were gathered in."""
    for changes in several:
        table = {key: text for key, text in table.items() if key not in changes.delete} | changes.write
        swept = [generation for generation in changes.sweep if leftover_key(generation) in table]
        table = {key: text for key, text in table.items() if key[0] not in swept or key[2] == CREDENTIALS}
    return table


def changed(write=None, delete=(), sweep=()) -> Changes:
    return Changes.none()._replace(write=dict(write or {}), delete=list(delete), sweep=list(sweep))


def gone(generation: str) -> Changes:
    return changed(delete=[common_key(generation)], write={leftover_key(generation): b"{}"})


def placed(generation: str) -> Changes:
    return changed(delete=[leftover_key(generation)], write={common_key(generation): b"{}"})


@pytest.mark.parametrize(
    "several",
    [
        [changed(write={ONE: b"1"}), changed(write={ONE: b"2"})],
        [changed(write={ONE: b"1"}), changed(delete=[ONE])],
        [changed(delete=[ONE]), changed(write={ONE: b"1"})],
        [changed(write={ONE: b"1", OTHER: b"1"}), gone("a"), changed(sweep=["a"])],
        [changed(write={MINTED: b"k"}), gone("a"), changed(sweep=["a"])],
        [gone("a"), changed(write={OTHER: b"1"}, sweep=["a"]), gone("b"), changed(sweep=["b"])],
        [changed(sweep=["a"]), changed(write={leftover_key("c"): b"{}"}), placed("c"), changed(sweep=["c"])],
    ],
)
def test_changes_that_were_gathered_leave_what_they_leave_one_after_the_other(several):
    before = {common_key("a"): b"0", ONE: b"0", TWO: b"0", common_key("b"): b"0", OTHER: b"0", MINTED: b"0"}
    whole = Changes.none()

    for each in several:
        append(whole, each)

    assert after(before, whole) == after(before, *several)


def test_changes_of_one_account_are_one_unit_and_its_end_is_that_of_all_who_wait():
    async def end() -> list[object]:
        group = Group(1)
        first, second = group.unit_for({"a"}), group.unit_for({"b"})
        first.add({"a"}, ["key"], changed(write={ONE: b"1"}))
        second.add({"b"}, [], changed(write={OTHER: b"1"}))
        third = group.unit_for({"c"})
        third.add({"c"}, [], changed())

        both = group.unit_for({"a", "b"})

        assert group.units == [both, third]
        assert (both.names, both.keys, set(both.changes.write)) == ({"a", "b"}, {"key"}, {ONE, OTHER})
        assert group.changes().write == both.changes.write
        both.end(ValueError("both"))
        third.end()
        return await asyncio.gather(first.done, second.done, third.done, return_exceptions=True)

    ends = asyncio.run(end())

    assert [str(each) for each in ends] == ["both", "both", "None"]
