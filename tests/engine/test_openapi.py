"""The OpenAPI document: whole, well-formed, and what the operations declare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.openapi.models import OpenAPI
from tests.cloud import Cloud
from tests.control.conftest import control_of

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.errors import COMMON


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


def test_it_is_openapi(described):
    OpenAPI.model_validate(described)
    assert described["openapi"] == "3.1.0"


def test_every_route_of_every_operation_is_there_once(described):
    found = sorted(f"{method} {path.replace('#', '?')}" for path, method, _ in calls(described))
    ids = [call["operationId"] for _, _, call in calls(described)]

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


def test_a_call_says_how_it_can_fail(described):
    for _, _, call in calls(described):
        operation = OPERATIONS[call["operationId"].partition("_")[0]]
        told = {
            (int(status), example["value"]["code"])
            for status, response in call["responses"].items()
            if status.isdigit() and status != "200"
            for example in response["content"]["application/json"]["examples"].values()
        }
        assert told == {(error.status, error.code) for error in operation.errors}
    common = described["components"]["responses"]["CommonErrors"]["content"]["application/json"]["examples"]
    assert [example["value"]["code"] for example in common.values()] == [error.code for error in COMMON]


def test_it_is_the_same_in_every_run(described):
    assert control_of(Cloud())("GET", "api.json").body == described
