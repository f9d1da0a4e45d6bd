"""Changes that go together into one commit: what follows what, and what depends on what."""

from __future__ import annotations

import asyncio

import pytest

from bce_emulator.engine.persist.postgres.group import Group, append
from bce_emulator.engine.persist.rows import CREDENTIALS, Changes

ONE, TWO, OTHER = ("a", "bj", "K", "1"), ("a", "bj", "K", "2"), ("b", "bj", "K", "1")
MINTED = ("a", "", CREDENTIALS, "")


def after(table: dict, *several: Changes) -> dict:
    """What the table has when these were made in this order, or those that they were gathered in."""
    for changes in several:
        for name in changes.forget:
            table = {key: text for key, text in table.items() if key[0] != name or key[2] == CREDENTIALS}
        table = {key: text for key, text in table.items() if key not in changes.delete} | changes.write
    return table


def changed(forget=(), write=None, delete=()) -> Changes:
    return Changes.none()._replace(forget=list(forget), write=dict(write or {}), delete=list(delete))


@pytest.mark.parametrize(
    "several",
    [
        [changed(write={ONE: b"1"}), changed(write={ONE: b"2"})],
        [changed(write={ONE: b"1"}), changed(delete=[ONE])],
        [changed(delete=[ONE]), changed(write={ONE: b"1"})],
        [changed(write={ONE: b"1", OTHER: b"1"}), changed(forget=["a"]), changed(write={TWO: b"2"})],
        [changed(write={MINTED: b"k"}), changed(forget=["a"])],
        [changed(forget=["a"], write={TWO: b"3"}), changed(delete=[TWO]), changed(forget=["a", "b"])],
    ],
)
def test_changes_that_were_gathered_leave_what_they_leave_one_after_the_other(several):
    before = {ONE: b"0", TWO: b"0", OTHER: b"0", MINTED: b"0"}
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
