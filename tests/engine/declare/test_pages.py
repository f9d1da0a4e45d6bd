"""One page of a list."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account import account_region
from bce_emulator.engine.declare.pages import FIRST, MAX_KEYS, page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.engine.steps import OutOfTurn
from tests.engine.lamp import Lamp, account_at, add_lamp


@pytest.fixture
def account():
    """An account with three lamps in the hall and two in the cellar."""
    account = account_at()
    for room in ("hall", "cellar", "hall", "cellar", "hall"):
        add_lamp(account, room=room)
    return account


def ids(account) -> list[str]:
    return [lamp.id for lamp in account.all(Lamp)][::-1]


def listed(account, **how) -> dict:
    return page(dict, account, Lamp, "lamps", lambda lamp: lamp.id, **how)


def test_a_page_has_the_newest_first_and_names_the_next_one(account):
    newest = ids(account)

    assert listed(account, max_keys=2) == {
        "marker": "",
        "isTruncated": True,
        "nextMarker": newest[2],
        "maxKeys": 2,
        "lamps": newest[:2],
    }
    assert listed(account, max_keys=3, marker=newest[2]) == {
        "marker": newest[2],
        "isTruncated": False,
        "maxKeys": 3,
        "lamps": newest[2:],
    }


def test_a_list_of_what_has_a_fact_has_nothing_else(account):
    newest = [lamp.id for lamp in account.all(Lamp) if lamp.room == "hall"][::-1]

    assert listed(account, of=("room", "hall"))["lamps"] == newest
    assert listed(account, of=("room", "hall"), max_keys=1)["nextMarker"] == newest[1]
    assert listed(account, of=("room", "attic"))["lamps"] == []


def test_the_index_of_a_fact_is_made_some_at_a_time_where_others_come_first(account, monkeypatch):
    monkeypatch.setattr(account_region, "AT_ONCE", 4)
    account.account.renders_left = 1

    with pytest.raises(OutOfTurn):
        listed(account, of=("room", "hall"))

    assert len(listed(account, of=("room", "hall"))["lamps"]) == 3
    assert list(account.collection(Lamp).indexes) == ["room"]


def test_a_list_is_of_up_to_a_thousand_unless_less_or_another_most_is_asked_for(account):
    newest = ids(account)

    assert listed(account) == {"marker": "", "isTruncated": False, "maxKeys": 1_000, "lamps": newest}
    assert listed(account, max_keys=1_001)["maxKeys"] == MAX_KEYS == 1_000
    assert listed(account, max_keys=9, most=4) == {
        "marker": "",
        "isTruncated": True,
        "nextMarker": newest[4],
        "maxKeys": 4,
        "lamps": newest[:4],
    }
    assert listed(account, max_keys=1)["lamps"] == newest[:1]
    assert listed(account, marker=FIRST) == listed(account)
    assert FIRST == "-1"


def test_a_filter_is_asked_before_a_page_is_cut(account):
    newest = ids(account)

    def in_the_hall(lamp: Lamp) -> bool:
        return lamp.room == "hall"

    assert listed(account, max_keys=2, where=in_the_hall) == {
        "marker": "",
        "isTruncated": True,
        "nextMarker": newest[4],
        "maxKeys": 2,
        "lamps": [newest[0], newest[2]],
    }


def test_a_page_begins_where_a_resource_was_that_has_gone(account):
    newest = ids(account)
    account.remove(account.get(Lamp, newest[2]))

    assert listed(account, marker=newest[2])["lamps"] == newest[3:]


@pytest.mark.parametrize(
    ("how", "explanation"),
    [
        ({"max_keys": 0}, "maxKeys must be at least 1"),
        ({"max_keys": -1}, "maxKeys must be at least 1"),
        ({"marker": "lamp-none"}, "the marker names no Lamp"),
    ],
)
def test_a_page_that_cannot_be_is_refused(account, how, explanation):
    with pytest.raises(BadRequest) as caught:
        listed(account, **how)

    assert caught.value.explanation == explanation
