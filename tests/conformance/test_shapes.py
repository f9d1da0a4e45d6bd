"""A response against what is published, and against what is declared."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, NotRequired

import pytest

from bce_emulator.engine.declare.response_types import TypedDict
from tests.conformance.shapes import declared_response, departures, is_declared, left_open, misfits, strays


class Status(StrEnum):
    """Whether a lamp is lit."""

    ON = "On"


class Tag(TypedDict):
    tagKey: str
    tagValue: NotRequired[str]


class Lamp(TypedDict):
    id: str
    status: Status
    watts: int
    hue: float
    lit: bool
    owner: str | None
    tags: list[Tag]
    labels: dict[str, int]
    kind: Literal["desk", "floor"]
    note: NotRequired[Annotated[str, "for people"]]


class Lamps(TypedDict):
    lamps: list[Lamp]


class Page(TypedDict):
    marker: str
    nextMarker: NotRequired[str]


class LampPage(Page):
    lamp: Lamp | None


SHAPE = {
    "id": "string",
    "status": "string",
    "watts": "integer",
    "hue": "number",
    "lit": "boolean",
    "owner": "string",
    "tags": [{"tagKey": "string", "tagValue": "string"}],
    "labels": {"*": "integer"},
    "kind": "string",
    "note": "string",
}
LAMP = {
    "id": "l-1",
    "status": "On",
    "watts": 40,
    "hue": 1,
    "lit": True,
    "owner": None,
    "tags": [{"tagKey": "room"}],
    "labels": {"shelf": 3},
    "kind": "desk",
}


def nothing() -> None: ...


def one() -> Lamp: ...


def one_or_nothing() -> Lamp | None: ...


def several() -> list[Lamp]: ...


def by_name() -> dict[str, bool]: ...


def anything() -> dict[str, Any]: ...


def some_things() -> list[Any]: ...


def a_dictionary() -> dict: ...


@pytest.mark.parametrize("function", [nothing, one, one_or_nothing, several, by_name])
def test_a_function_that_returns_a_typed_dict_or_nothing_or_some_of_one_type_declares_its_response(function):
    assert is_declared(declared_response(function))


@pytest.mark.parametrize("function", [anything, some_things, a_dictionary])
def test_a_function_that_returns_any_dictionary_or_list_declares_nothing(function):
    assert not is_declared(declared_response(function))


class Shelf(TypedDict):
    lamps: list[Lamp]
    first: Any
    size: dict
    labels: dict[str, dict[str, Any]]
    others: list[list]
    notes: NotRequired[list[Any] | None]


def test_a_declaration_of_plain_types_leaves_nothing_open():
    assert left_open(Lamps) == []
    assert left_open(type(None)) == []
    assert left_open(dict[str, bool]) == []


def test_a_declaration_leaves_open_what_may_be_anything():
    assert left_open(Shelf) == ["first", "size", "labels.*.*", "others[]", "notes[]"]
    assert left_open(dict[str, Any]) == [".*"]
    assert left_open(Any) == ["the whole"]


def test_a_declaration_with_all_published_members_and_types_departs_nowhere():
    assert departures(Lamps, {"lamps": [SHAPE]}) == []


def test_a_published_member_that_is_not_declared_is_named_by_its_place():
    shape = {
        "lamps": [SHAPE | {"price": "number", "tags": [{"tagKey": "string", "tagValue": "string", "by": "string"}]}]
    }

    assert departures(Lamps, shape) == ["does not answer lamps[].price", "does not answer lamps[].tags[].by"]


def test_a_declared_member_that_nobody_publishes_is_named():
    shape = {name: type_ for name, type_ in SHAPE.items() if name != "watts"}

    assert departures(Lamps, {"lamps": [shape]}) == ["answers lamps[].watts"]


def test_a_member_spelt_in_another_way_is_another_member():
    shape = {("ID" if name == "id" else name): type_ for name, type_ in SHAPE.items()}

    assert departures(Lamp, shape) == ["does not answer ID", "answers id"]


@pytest.mark.parametrize(
    ("member", "published", "said"),
    [
        ("watts", "string", "answers watts as integer, published as string"),
        ("hue", "integer", "answers hue as number, published as integer"),
        ("lit", "integer", "answers lit as boolean, published as integer"),
        ("status", "integer", "answers status as string, published as integer"),
        ("owner", "boolean", "answers owner as string, published as boolean"),
        ("kind", "integer", "answers kind as 'desk' or 'floor', published as integer"),
        ("id", ["string"], "answers id as string, published as list"),
        ("tags", "string", "answers tags as list, published as string"),
        ("tags", ["string"], "answers tags[] as object (Tag), published as string"),
        ("labels", {"shelf": "integer"}, "answers labels as map, published as object"),
        ("labels", {"*": "string"}, "answers labels.* as integer, published as string"),
        ("id", {"*": "string"}, "answers id as string, published as map"),
    ],
)
def test_a_member_of_another_type_than_the_published_one_is_named(member, published, said):
    assert departures(Lamp, SHAPE | {member: published}) == [said]


@pytest.mark.parametrize(
    ("member", "published"),
    [
        ("id", "date-time"),
        ("id", "any"),
        ("tags", "any"),
        ("tags", ["object"]),
        ("tags", [{"*": "string"}]),
        ("labels", "object"),
        ("watts", "number"),
    ],
)
def test_a_member_whose_every_value_is_of_the_published_type_departs_nowhere(member, published):
    assert departures(Lamp, SHAPE | {member: published}) == []


def test_a_member_that_may_be_anything_departs_from_a_known_type():
    assert departures(dict[str, Any], {"*": "string"}, "labels") == ["answers labels.* as Any, published as string"]


def test_nothing_departs_from_a_response_with_members():
    assert departures(type(None), {}) == []
    assert departures(type(None), {"id": "string"}) == ["does not answer id"]
    assert departures(type(None), ["string"]) == ["answers no list"]


def test_a_list_is_a_response_too():
    assert departures(list[str], ["string"]) == []
    assert strays(list[str], ["a", 1]) == ["[] is no string: 1"]


def test_a_lamp_as_declared_strays_nowhere():
    assert strays(Lamps, {"lamps": [LAMP, LAMP | {"note": "by the door", "owner": "me"}]}) == []


def test_members_of_a_base_are_declared_and_may_be_left_out():
    assert strays(LampPage, {"marker": "", "lamp": None}) == []
    assert strays(LampPage, {"nextMarker": "l-2", "lamp": LAMP}) == ["marker is missing"]


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("id", None, "lamps[].id is no string: None"),
        ("watts", "40", "lamps[].watts is no integer: '40'"),
        ("watts", True, "lamps[].watts is no integer: True"),
        ("watts", 1.5, "lamps[].watts is no integer: 1.5"),
        ("lit", 1, "lamps[].lit is no boolean: 1"),
        ("kind", "wall", "lamps[].kind is no 'desk' or 'floor': 'wall'"),
        ("tags", {}, "lamps[].tags is no list: {}"),
        ("tags", [{}], "lamps[].tags[].tagKey is missing"),
        ("labels", {"shelf": "3"}, "lamps[].labels.shelf is no integer: '3'"),
        ("price", 3, "lamps[].price is not declared"),
    ],
)
def test_a_value_that_is_not_as_declared_is_named_by_its_place(member, value, said):
    assert strays(Lamps, {"lamps": [LAMP | {member: value}]}) == [said]


def test_a_member_that_is_missing_is_named():
    assert strays(Lamps, {}) == ["lamps is missing"]


@pytest.mark.parametrize("hint", [type(None), Lamp | None])
def test_the_empty_object_is_what_a_function_without_a_response_answers(hint):
    assert strays(hint, {}) == []


def test_a_function_without_a_response_answers_no_members():
    assert strays(type(None), {"id": "l-1"}) == ["the whole is no null: {'id': 'l-1'}"]


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00Z", ""])
def test_clients_decode_a_moment_of_the_cloud(moment):
    assert misfits({"createTime": "date-time"}, {"createTime": moment}) == []


@pytest.mark.parametrize("moment", ["2026-01-01 00:00:00", "2026-01-01T00:00:00.5Z", 1767225600])
def test_clients_decode_no_other_moment(moment):
    assert misfits({"createTime": "date-time"}, {"createTime": moment}) == [f".createTime is no date-time: {moment!r}"]


def test_clients_decode_the_values_of_a_map_by_their_type():
    assert misfits({"labels": {"*": "integer"}}, {"labels": {"shelf": 3}}) == []
    assert misfits({"labels": {"*": "integer"}}, {"labels": {"shelf": "3"}}) == [".labels.shelf is no integer: '3'"]
