"""Both judges agree: the one that works out rules, and the one that sends packets."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reachability.worlds import MANY, disagreements, main

WORLDS = 2_500
"""How many of a day; about half a minute of a processor."""


@given(st.randoms(use_true_random=False))
def test_packets_go_where_the_path_says(choose: Random):
    assert disagreements(choose) == []


@pytest.mark.slow
def test_packets_go_where_the_path_says_in_many_worlds_that_are_others_each_day(capsys):
    """The worlds before the first are those of ``python -m tests.reachability.worlds``; a failure names its world."""
    first = MANY + WORLDS * datetime.now(UTC).toordinal()

    assert main(WORLDS, first) == 0, capsys.readouterr().out
