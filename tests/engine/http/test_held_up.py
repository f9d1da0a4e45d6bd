"""What goes on while who writes is held up, and what it leaves to be kept later."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bce_emulator.engine.http.held_up import keeps_nothing, only_read

READS, WRITES = SimpleNamespace(only_reads=True), SimpleNamespace(only_reads=False)


def account(*, is_behind: bool) -> SimpleNamespace:
    return SimpleNamespace(name="test", clock=SimpleNamespace(is_behind=lambda: is_behind))


@pytest.mark.parametrize(
    ("target", "of", "read"),
    [
        (READS, account(is_behind=False), "test"),
        (READS, account(is_behind=True), ""),
        (WRITES, account(is_behind=False), ""),
        (None, account(is_behind=False), ""),
        (READS, None, ""),
    ],
)
def test_only_what_reads_an_account_that_is_there_and_has_nothing_due_goes_on(target, of, read):
    assert only_read(target, of) == read


@pytest.mark.parametrize(
    ("target", "held_up", "to_be_kept", "nothing"),
    [
        (READS, True, (), True),
        (READS, True, ("test",), False),
        (READS, True, ("test-other", "bj"), True),
        (READS, False, ("test",), False),
        (WRITES, True, (), False),
        (None, True, (), False),
    ],
)
def test_only_what_has_changed_nothing_of_its_account_is_kept_later_while_others_are_held_up(
    target, held_up, to_be_kept, nothing
):
    def until_free(reading: str) -> str | None:
        assert reading in {"", "test"}
        return "wait" if held_up and (not reading or reading in to_be_kept) else None

    assert keeps_nothing(SimpleNamespace(target=target, account_key=("test", "bj")), until_free) is nothing


def test_where_nobody_is_ever_held_up_everything_is_kept():
    assert not keeps_nothing(SimpleNamespace(target=READS, account_key=("test", "bj")), None)
