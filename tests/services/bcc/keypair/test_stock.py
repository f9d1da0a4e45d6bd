"""Keys that are made ahead."""

from __future__ import annotations

import itertools

import pytest

from bce_emulator.services.bcc.keypair import stock
from bce_emulator.services.bcc.keypair.stock import READY, KeyStock


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The keys that were made, in order; they are numbers here."""
    keys: list[str] = []
    numbers = itertools.count()

    def make_key() -> tuple[str, str]:
        keys.append(f"private {next(numbers)}")
        return keys[-1], keys[-1].replace("private", "public")

    monkeypatch.setattr(stock, "make_key", make_key)
    return keys


def test_a_key_is_there_before_it_is_asked_for_but_for_the_first(made):
    keys = KeyStock()
    first = keys.take()
    keys.thread.join()

    assert len(made) == 1 + READY
    second = keys.take()
    keys.thread.join()

    assert (first, second) == (("private 0", "public 0"), ("private 1", "public 1"))
    assert len(made) == 2 + READY


def test_no_key_is_handed_out_twice_however_fast_they_are_asked_for(made):
    keys = KeyStock()

    taken = [keys.take() for _ in range(50)]

    keys.thread.join()
    assert len(set(taken)) == 50
