"""The facts are made from the published metadata, and what is missing is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.make_facts import departures, main, read_operations

FIELD = {"name": "lampId", "type": "string", "required": True, "sources": ["meta", "go"]}
LIGHT = {
    "operation": "LightLamp",
    "method": "PUT",
    "path": "/v1/lamp/{lampId}",
    "action": "light",
    "variants": [
        {"method": "PUT", "path": "/v1/lamp/{lampId}", "action": "light"},
        {"method": "PUT", "path": "/v1/light"},
    ],
    "path_params": [FIELD],
    "query_params": [{"name": "clientToken", "type": "string", "required": None, "sources": ["python"]}],
    "request_body": [
        {"name": "colour", "type": "string", "required": True, "enum": ["red", "blue"], "sources": ["python"]},
        {"name": "tags", "type": "array", "required": False, "items": {"type": "object", "fields": [FIELD]}},
    ],
    "body_extras": [FIELD],
    "response_body": [
        {"name": "lamps", "type": "array", "items": {"type": "object", "fields": [FIELD]}},
        {"name": "litAt", "type": "string", "format": "date-time"},
        {"name": "labels", "type": "map", "values": {"type": "integer"}},
        {"name": "hues", "type": "string", "types_by_source": {"go": "string", "java": "array"}},
        {"name": "watts", "type": "string", "types_by_source": {"go": "string", "java": "integer"}},
    ],
    "aliases": {"java": ["lightLamp", "LampLighten"]},
}
ROWS = [
    {"code": "NoLamp", "message": "No lamp.", "http_status": 404, "operations": ["LampLighten (LAMP)"]},
    {"code": "Dark", "message": None, "http_status": 403, "operations": ["*", "* (LAMP)"]},
]
CATALOGUE = [
    {"product": "lamp", "name": "LightLamp", "routes": ["PUT /v1/lamp/{lampId}?light", "PUT /v1/light"]},
    {"product": "bcc", "name": "SeeStar", "routes": ["GET /v1/star"]},
]
PAGES = [{"product": "bcc", "operation": "SeeStar", "method": "GET", "path": "/v1/star", "source": "a page"}]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A small directory of published metadata."""
    (tmp_path / "api").mkdir()
    (tmp_path / "behaviour").mkdir()
    (tmp_path / "facts").mkdir()
    (tmp_path / "api" / "lamp.json").write_text(json.dumps([LIGHT]))
    (tmp_path / "api" / "enums.json").write_text("{}")
    (tmp_path / "api" / "README.md").write_text("| meta | lamps/metadata | 0123456789ab | 2026-01-01 |\n")
    rows = [row | {"basis": "documented", "source_url": "https://lamps.example"} for row in ROWS]
    (tmp_path / "behaviour" / "errors.json").write_text(json.dumps(rows))
    return tmp_path


def test_the_facts_of_a_product_tell_parameters_routes_and_the_response_of_each_operation(directory):
    into = directory / "facts"

    status = main(directory, into, PAGES, CATALOGUE)

    assert status == 0
    assert json.loads((into / "published" / "lamp.json").read_text()) == {
        "lamp.LightLamp": {
            "path": {"lampId": {"type": "string", "required": True}},
            "query": {"clientToken": {"type": "string"}},
            "body": {
                "colour": {"type": "string", "required": "client", "known": ["red", "blue"]},
                "tags": {
                    "type": "array",
                    "required": False,
                    "items": {"type": "object", "members": {"lampId": {"type": "string", "required": True}}},
                },
            },
            "body_extras": ["lampId"],
            "routes": ["PUT /v1/lamp/{lampId}?light", "PUT /v1/light"],
            "response": {
                "lamps": [{"lampId": "string"}],
                "litAt": "date-time",
                "labels": {"*": "integer"},
                "hues": "any",
                "watts": "string",
            },
        }
    }


def test_errors_are_kept_by_product_and_operation_under_the_published_name(directory):
    into = directory / "facts"

    main(directory, into, PAGES, CATALOGUE)

    errors = json.loads((into / "errors.json").read_text())
    assert {name: [row["code"] for row in rows] for name, rows in errors.items()} == {
        "*": ["Dark"],
        "lamp.*": ["Dark"],
        "lamp.LightLamp": ["NoLamp"],
    }
    assert errors["lamp.*"] == [
        {"code": "Dark", "http_status": 403, "basis": "documented", "source": "https://lamps.example"}
    ]


def test_the_facts_say_which_repository_commit_and_page_they_are_from(directory):
    into = directory / "facts"

    main(directory, into, PAGES, CATALOGUE)

    assert json.loads((into / "sources.json").read_text()) == {
        "meta": {"repository": "lamps/metadata", "commit": "0123456789ab", "date": "2026-01-01"},
        "bcc.SeeStar": {"page": "a page"},
    }


def test_an_error_of_an_operation_that_nobody_publishes_fails(directory, capsys):
    rows = json.loads((directory / "behaviour" / "errors.json").read_text())
    rows[0]["operations"] = ["BreakLamp (LAMP)"]
    (directory / "behaviour" / "errors.json").write_text(json.dumps(rows))

    status = main(directory, directory / "facts", PAGES, CATALOGUE)

    assert status == 1
    assert capsys.readouterr().out == "errors name lamp.BreakLamp, which is not published\n"


def test_what_the_catalogue_lacks_or_has_alone_is_named(directory):
    published = read_operations(directory, PAGES)
    catalogue = [
        {"product": "lamp", "name": "LightLamp", "routes": ["PUT /v1/light", "PUT /v1/torch"]},
        {"product": "lamp", "name": "BreakLamp", "routes": ["DELETE /v1/lamp"]},
    ]

    found = departures(catalogue, published)

    assert found == [
        "lamp.BreakLamp is in the catalogue and not published",
        "bcc.SeeStar is published and not in the catalogue",
        "lamp.LightLamp is not published at PUT /v1/torch",
        "lamp.LightLamp lacks the route PUT /v1/lamp/{lampId}?light",
    ]
