"""What is about several accounts of a database at once: what a clock brings to two of them, and the calls of a seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cloud import Cloud
from tests.cluster.test_store import serving
from tests.control.test_state import control
from tests.engine.account.test_others import documents
from tests.engine.account.test_others_due import BETWEEN, LATER, begun
from tests.seeds.test_seed_calls import EVERY, OF_FRIEND, volumes

pytestmark = pytest.mark.cluster


@pytest.mark.parametrize("name", BETWEEN)
def test_what_a_clock_brings_to_two_accounts_is_there_for_the_next_leader(database, name):
    expected = begun(Cloud(freeze=False), name)
    assert control(expected, "POST", "clock/advance", {"seconds": LATER}).body["due"]
    begun(serving(database), name).emulator.close()

    again = serving(database)
    assert again.emulator.accounts.by_name == {}
    assert control(again, "POST", "clock/advance", {"seconds": LATER}).status == 200
    assert documents(again) == documents(expected)
    again.emulator.close()

    assert documents(serving(database)) == documents(expected)


def test_the_calls_of_a_seed_are_made_once_and_again_by_a_reset_also_by_the_next_leader(database, tmp_path: Path):
    file = tmp_path / "seed.yaml"
    file.write_text(OF_FRIEND)
    expected = ["v-copy0001", "v-own00001"], ["v-theirs01"]

    for _ in range(2):
        cloud = serving(database, seed=str(file))
        assert (volumes(cloud, "test-a"), volumes(cloud, "test-b")) == expected
        cloud.access_key = "test-a"
        cloud.ok("DELETE", "/v2/volume/v-own00001")
        assert control(cloud, "POST", EVERY).status == 200
        assert (volumes(cloud, "test-a"), volumes(cloud, "test-b")) == expected
        cloud.emulator.close()
