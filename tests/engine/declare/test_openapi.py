"""The OpenAPI document: whole, well-formed, and what the operations declare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from fastapi.openapi.models import OpenAPI

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.declare.response_types import is_response_type
from bce_emulator.engine.errors import COMMON
from tests.cloud import Cloud
from tests.conformance.shapes import declared_members, declared_response, departures
from tests.control.conftest import control_of

BBC = "bbc"
"""Yields to bcc, so that its name follows a path that both have."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    reply = control_of(Cloud())("GET", "api.json")
    assert reply.headers["content-type"] == "application/json"
    return reply.body


def calls(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, account_key in described["paths"].items():
        for method, call in account_key.items():
            yield path, method.upper(), call


def inside(value: Any) -> Iterator[Any]:
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from inside(each)


def resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return described["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def answer(described: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    content = described["paths"][path][method]["responses"]["200"]["content"]
    return resolved(described, content["application/json"]["schema"])


def shape(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A schema in the form in which the published responses are kept."""
    schema = resolved(described, schema)
    if "anyOf" in schema:
        (schema,) = (one for one in schema["anyOf"] if one != {"type": "null"})
        return shape(described, schema)
    if "enum" in schema:
        return "string"
    if schema.get("type") == "array":
        return [shape(described, schema["items"])]
    if "additionalProperties" in schema:
        return {"*": shape(described, schema["additionalProperties"])}
    if schema.get("type") == "object":
        return {name: shape(described, each) for name, each in schema.get("properties", {}).items()}
    return schema.get("type", "any")


def forms_in(hint: Any) -> set[Any]:
    """Every class of a declared response."""
    found = {hint} if is_response_type(hint) else set()
    inner = [type_ for type_, _ in declared_members(hint).values()] if found else get_args(hint)
    for each in inner:
        found |= forms_in(each)
    return found


def schemas_in(described: dict[str, Any], value: Any) -> list[dict[str, Any]]:
    """Every schema that a value refers to, and those inside them."""
    found: dict[str, dict[str, Any]] = {}
    waiting = [value]
    for each in waiting:
        for part in inside(each):
            if isinstance(part, dict) and "$ref" in part and part["$ref"] not in found:
                found[part["$ref"]] = resolved(described, part)
                waiting.append(found[part["$ref"]])
    return list(found.values())


def test_it_is_openapi(described):
    OpenAPI.model_validate(described)
    assert described["openapi"] == "3.1.0"


def test_every_route_of_every_operation_is_there_once(described):
    shared = {f"/v2/instance/{{instanceId}}#{BBC}", f"/v2/region/describeRegions#{BBC}"}
    found = sorted(f"{method} {path.removesuffix(f'#{BBC}').replace('#', '?')}" for path, method, _ in calls(described))
    ids = [call["operationId"] for _, _, call in calls(described)]

    assert {path for path, _, _ in calls(described) if path.endswith(BBC)} == shared
    assert found == sorted(str(route) for operation in OPERATIONS.values() for route in operation.routes)
    assert len(ids) == len(set(ids))
    assert set(OPERATIONS) <= set(ids)


def test_every_reference_leads_somewhere(described):
    references = {each["$ref"] for each in inside(described) if isinstance(each, dict) and "$ref" in each}

    assert len(references) > 10
    for reference in references:
        account_key: Any = described
        for part in reference.removeprefix("#/").split("/"):
            account_key = account_key[part]
        assert account_key


def test_a_call_says_what_it_takes(described):
    reboot = described["paths"]["/v2/instance/{instanceId}#reboot"]["put"]
    listed = described["paths"]["/v2/instance"]["get"]
    created = described["paths"]["/v2/instanceBySpec"]["post"]

    assert [(each["name"], each["in"], each["required"]) for each in reboot["parameters"]] == [
        ("instanceId", "path", True),
        ("reboot", "query", True),
    ]
    body = reboot["requestBody"]
    assert (body["required"], body["content"]["application/json"]["schema"]["properties"]) == (
        False,
        {"forceStop": {"default": False, "type": "boolean"}},
    )
    assert "requestBody" not in listed
    assert {"marker", "maxKeys"} <= {each["name"] for each in listed["parameters"] if each["in"] == "query"}
    assert "clientToken" in {each["name"] for each in created["parameters"]}
    schema = created["requestBody"]["content"]["application/json"]["schema"]
    assert "clientToken" not in schema["properties"]
    assert schema["required"] == ["imageId", "spec"]


def test_a_call_says_what_it_answers(described):
    released = answer(described, "/v2/volume/deletePrepay", "post")
    listed = answer(described, "/v2/volume", "get")
    renamed = described["paths"]["/v2/volume/{volumeId}#rename"]["put"]["responses"]["200"]["content"]

    ids = resolved(described, released["properties"]["failResources"])
    assert released["required"] == ["failResources", "successResources"]
    assert (ids["properties"], ids["required"]) == (
        {"volumeIds": {"type": "array", "items": {"type": "string"}}},
        ["volumeIds"],
    )
    assert listed["properties"]["volumes"]["type"] == "array"
    volume = resolved(described, listed["properties"]["volumes"]["items"])
    assert "nextMarker" in listed["properties"].keys() - set(listed["required"])
    assert volume["properties"].keys() - set(volume["required"]) == {"autoSnapshotPolicy"}
    assert renamed == {"application/json": {"schema": {"type": "object"}}}


def test_every_call_describes_whole_what_its_operation_declares(described):
    for path, method, call in calls(described):
        hint = declared_response(OPERATIONS[call["operationId"].partition("_")[0]].function)
        schema = call["responses"]["200"]["content"]["application/json"]["schema"]

        assert departures(hint, shape(described, schema)) == [], f"{method} {path}"


def test_every_part_of_a_response_requires_what_is_always_there(described):
    for path, method, call in calls(described):
        forms = forms_in(declared_response(OPERATIONS[call["operationId"].partition("_")[0]].function))
        schemas = schemas_in(described, call["responses"]["200"])

        always = [sorted(name for name, (_, there) in declared_members(form).items() if there) for form in forms]
        assert sorted(schema["required"] for schema in schemas) == sorted(always), f"{method} {path}"


def test_a_call_says_how_it_can_fail(described):
    for _, _, call in calls(described):
        operation = OPERATIONS[call["operationId"].partition("_")[0]]
        documented = {
            (int(status), example["value"]["code"])
            for status, response in call["responses"].items()
            if status.isdigit() and status != "200"
            for example in response["content"]["application/json"]["examples"].values()
        }
        assert documented == {(error.status, error.code) for error in operation.errors}
    common = described["components"]["responses"]["CommonErrors"]["content"]["application/json"]["examples"]
    assert [example["value"]["code"] for example in common.values()] == [error.code for error in COMMON]


def test_it_is_the_same_in_every_run(described):
    assert control_of(Cloud())("GET", "api.json").body == described
