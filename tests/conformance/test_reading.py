"""The types and values that a model reads against the published ones."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from bce_emulator.engine.declare.models import LenientBool, LenientInt, LenientStr, Model
from tests.conformance.reading import misread, misread_query

STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
Coloured, White = Literal["red", "blue"], Literal["white"]


class Bulb(Model):
    watts: int
    colour: Coloured | White = "white"


class Lamp(Model):
    name: Annotated[str, Field(max_length=8)]
    count: LenientInt = 0
    lit: LenientBool | None = None
    code: LenientStr = ""
    hue: float = 0.0
    bulbs: tuple[Bulb, ...] = ()
    main_bulb: Bulb | None = None
    labels: dict[str, str] | None = None
    rooms: tuple[str, ...] = ()


def test_a_model_that_reads_what_is_published_misreads_nothing():
    bulb = {"type": "object", "members": {"watts": INTEGER, "colour": STRING | {"known": ["red", "white"]}}}
    facts = {
        "name": STRING,
        "hue": {"type": "number"},
        "bulbs": {"type": "array", "items": bulb},
        "mainBulb": bulb,
        "labels": {"type": "map", "values": STRING},
        "rooms": {"type": "array", "items": STRING},
        "unread": INTEGER,
    }

    assert list(misread(Lamp, facts)) == []


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("count", INTEGER),
        ("count", STRING),
        ("lit", BOOLEAN),
        ("lit", STRING),
        ("code", STRING),
        ("code", INTEGER),
        ("name", {"type": "any"}),
    ],
)
def test_a_lenient_type_reads_both_that_clients_send(name, fact):
    assert list(misread(Lamp, {name: fact})) == []


@pytest.mark.parametrize(
    ("name", "fact", "said"),
    [
        ("name", INTEGER, "reads name as string, published as integer"),
        ("count", BOOLEAN, "reads count as integer or string, published as boolean"),
        ("rooms", STRING, "reads rooms as array, published as string"),
        ("rooms", {"type": "array", "items": INTEGER}, "reads rooms[] as string, published as integer"),
        ("mainBulb", STRING, "reads mainBulb as map or object, published as string"),
        (
            "bulbs",
            {"type": "array", "items": {"type": "object", "members": {"watts": STRING}}},
            "reads bulbs[].watts as integer, published as string",
        ),
        (
            "mainBulb",
            {"type": "object", "members": {"colour": STRING | {"known": ["red", "green"]}}},
            "does not know mainBulb.colour green",
        ),
    ],
)
def test_a_member_that_is_read_otherwise_is_named_by_its_place(name, fact, said):
    assert list(misread(Lamp, {name: fact})) == [said]


def test_a_list_in_a_query_is_published_as_a_string():
    assert list(misread_query(Lamp, {"rooms": STRING, "name": STRING})) == []


def test_another_type_in_a_query_is_named():
    assert list(misread_query(Lamp, {"rooms": INTEGER, "name": INTEGER})) == [
        "reads name as string, published as integer",
        "reads rooms as array, published as integer",
    ]
