"""Each resource of Terraform's provider: made, read, changed, deleted and gone, by the calls that the provider makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cloud import Cloud
from tests.terraform.play import Player, sequences, setups, targets

CALLS = Path(__file__).with_name("calls.txt")
"""Every operation that the provider calls in the families of the emulator, with a reason behind those not emulated."""

WITHOUT_ATTRIBUTES = {"baiducloud_eipgroup_detachment", "baiducloud_hpas_instance_operation"}
"""Resources that carry something out, and keep nothing that could be read back."""


@pytest.mark.sweep(4)
@pytest.mark.parametrize("name", sequences())
def test_the_calls_of_a_resource_are_answered_as_the_provider_expects(name):
    Player(Cloud()).play(sequences()[name])


def test_the_sequences_have_every_call_of_the_provider():
    lines = CALLS.read_text().splitlines()
    called = {line for line in lines if "#" not in line}
    played = {target.key for each in (*sequences().values(), *setups().values()) for target in targets(each)}

    assert lines == sorted(lines)
    assert called - played == set()


def test_every_resource_is_read_back_and_compared_with_what_is_configured():
    unplanned = {name for name, each in sequences().items() if not any("planned" in step for step in each.steps)}

    assert {name for name in unplanned if name.startswith("baiducloud_")} == WITHOUT_ATTRIBUTES
