"""Both judges agree: the one that works out rules, and the one that sends packets."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reachability.worlds import disagreements, main

WORLDS = 250


@given(st.randoms(use_true_random=False))
def test_packets_go_where_the_path_says(choose: Random):
    assert disagreements(choose) == []


@pytest.mark.slow
def test_packets_go_where_the_path_says_in_many_worlds(capsys):
    assert main(WORLDS) == 0, capsys.readouterr().out
