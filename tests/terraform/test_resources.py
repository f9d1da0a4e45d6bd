"""Each resource of Terraform's provider: made, read, changed, deleted and gone, by the calls that the provider makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cloud import Cloud
from tests.terraform.play import Player, sequences, setups, targets

CALLS = Path(__file__).with_name("calls.txt")
"""Every operation that the provider calls in the families of the emulator, with a reason behind those not emulated."""


@pytest.mark.parametrize("name", sequences())
def test_the_calls_of_a_resource_are_answered_as_the_provider_expects(name):
    Player(Cloud()).play(sequences()[name])


def test_the_sequences_have_every_call_of_the_provider():
    lines = CALLS.read_text().splitlines()
    called = {line for line in lines if "#" not in line}
    played = {target.key for each in (*sequences().values(), *setups().values()) for target in targets(each)}

    assert lines == sorted(lines)
    assert called - played == set()
