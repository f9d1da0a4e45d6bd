"""Declared responses as JSON schemas."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

import pytest

from bce_emulator.engine.declare.pages import Page
from bce_emulator.engine.declare.response_types import ResponseType, TypedDict
from bce_emulator.engine.declare.schemas import Schemas


class Bulb(TypedDict):
    """What gives
    the light."""

    watts: int
    hue: NotRequired[float]


class Lamp(TypedDict):
    bulb: Bulb
    spares: list[Bulb]
    holder: NotRequired[Lamp]


class LampPage(Page):
    """One page of lamps."""

    lamps: list[Lamp]


class Wish(TypedDict):
    colour: str
    size: NotRequired[int]
    note: Annotated[str, "for people"]
    hint: Annotated[NotRequired[str], "for people"]


def schemas_of(hint: Any) -> dict[str, Any]:
    schemas = Schemas()
    schemas.of(hint)
    return schemas.named


BULB = {"$ref": "#/components/schemas/Bulb"}


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (None, {"type": "object"}),
        (type(None), {"type": "object"}),
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (bool, {"type": "boolean"}),
        (Any, {}),
        (str | None, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        (Literal["on", "off"], {"enum": ["on", "off"]}),
        (Annotated[str, "for people"], {"type": "string"}),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
        (dict[str, Any], {"type": "object", "additionalProperties": {}}),
        (list[list[str]], {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}),
        (Bulb, BULB),
        (list[Bulb], {"type": "array", "items": BULB}),
        (dict[str, Bulb], {"type": "object", "additionalProperties": BULB}),
        (Bulb | None, {"anyOf": [BULB, {"type": "null"}]}),
    ],
    ids=str,
)
def test_a_type_has_its_schema(hint, schema):
    assert Schemas().of(hint) == schema


@pytest.mark.parametrize("hint", [object, tuple[str, ...], bytes, dict, list[set[str]]], ids=str)
def test_a_type_that_no_schema_tells_is_refused(hint):
    with pytest.raises(TypeError, match="a response cannot be declared as"):
        Schemas().of(hint)


def test_a_class_is_described_with_its_members_in_their_order():
    assert schemas_of(Bulb) == {
        "Bulb": {
            "type": "object",
            "description": "What gives the light.",
            "properties": {"watts": {"type": "integer"}, "hue": {"type": "number"}},
            "required": ["watts"],
        }
    }


def test_classes_inside_a_class_are_described_once_each_even_where_one_holds_itself():
    named = schemas_of(Lamp)

    assert sorted(named) == ["Bulb", "Lamp"]
    assert named["Lamp"]["properties"] == {
        "bulb": BULB,
        "spares": {"type": "array", "items": BULB},
        "holder": {"$ref": "#/components/schemas/Lamp"},
    }


@pytest.mark.parametrize(
    ("form", "members", "required"),
    [
        (Lamp, ["bulb", "spares", "holder"], ["bulb", "spares"]),
        (
            LampPage,
            ["marker", "isTruncated", "nextMarker", "maxKeys", "lamps"],
            ["isTruncated", "lamps", "marker", "maxKeys"],
        ),
        (Wish, ["colour", "size", "note", "hint"], ["colour", "note"]),
        (
            ResponseType("Known", (TypedDict,), {"__annotations__": {"one": int, "other": NotRequired[int]}}),
            ["one", "other"],
            ["one"],
        ),
    ],
)
def test_members_are_required_unless_they_are_declared_to_be_left_out(form, members, required):
    schema = schemas_of(form)[form.__name__]

    assert list(schema["properties"]) == members
    assert schema["required"] == required


def test_a_name_that_is_taken_has_its_module_in_front():
    class Clone(TypedDict):
        size: int

    Clone.__name__, Clone.__module__ = "Bulb", "services.shop.bulb"
    schemas = Schemas(reserved=["Lamp"])

    references = [schemas.of(form)["$ref"].rpartition("/")[2] for form in (Bulb, Clone, Lamp, Bulb, Clone)]

    assert references[:3] == ["Bulb", "services__shop__bulb__Bulb", f"{__name__.replace('.', '__')}__Lamp"]
    assert references[3:] == references[:2]
    assert list(schemas.named["services__shop__bulb__Bulb"]["properties"]) == ["size"]
    assert list(schemas.named["Bulb"]["properties"]) == ["watts", "hue"]
