"""Each data source of Terraform's provider: what it shows of two resources that it looks for, and one that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cloud import Cloud
from tests.terraform.data_sources import data_sources, rows
from tests.terraform.play import Player

NAMES = Path(__file__).with_name("data_sources.txt")
"""Every data source that the provider documents in the families of the emulator."""


@pytest.mark.sweep(4)
@pytest.mark.parametrize("name", data_sources())
def test_a_data_source_shows_what_is_configured_in_the_types_of_the_client(name):
    source, player = data_sources()[name], Player(Cloud())
    player.play(source.world)

    found = rows(player, source)

    expected = [player.filled(each) for each in source.found]
    key = next(iter(expected[0]))
    assert sorted(str(row[key]) for row in found) == sorted(str(each[key]) for each in expected)
    by_key = {str(row[key]): row for row in found}
    for each in expected:
        row = by_key[str(each[key])]
        assert {attribute: (type(row[attribute]), row[attribute]) for attribute in each} == {
            attribute: (type(value), value) for attribute, value in each.items()
        }


def test_every_data_source_of_the_provider_is_compared():
    assert sorted({name.split()[0] for name in data_sources()}) == NAMES.read_text().splitlines()
