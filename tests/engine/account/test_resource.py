"""A new resource: it is of its kind and has its fields before anybody watches them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from tests.engine.lamp import Lamp, account_at


def test_a_new_resource_is_of_its_kind_with_what_it_was_given_and_the_rest_as_declared():
    lamp = Lamp(id="lamp-1", room="hall")

    assert type(lamp) is Lamp
    assert (lamp.id, lamp.room, lamp.state, lamp.tags, lamp.collection) == ("lamp-1", "hall", "Dark", (), None)
    with pytest.raises(AttributeError):
        lamp.ceiling = "white"


@pytest.mark.parametrize("members", [{}, {"id": "lamp-1", "ceiling": "white"}])
def test_a_member_that_is_missing_or_unknown_is_refused(members):
    with pytest.raises(TypeError, match="id|ceiling"):
        Lamp(**members)


def test_a_change_is_noted_as_soon_as_the_resource_is_kept():
    account = account_at()
    lamp = account.add(Lamp(id="lamp-1"))
    collection = account.collection(Lamp)
    collection.touched = {}
    version = collection.version

    lamp.room = "hall"

    assert (collection.version, collection.touched) == (version + 1, {"lamp-1": lamp})


def test_the_class_of_drafts_is_no_type_of_resource():
    drafts = [each for each in Resource.__subclasses__() if each.is_draft]

    assert "Lamp" in {each.__name__ for each in drafts}
    assert not set(drafts).intersection(resource_types().values())
