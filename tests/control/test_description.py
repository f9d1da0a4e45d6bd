"""The OpenAPI document of the control API: a program that follows it can make every call."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from pydantic import ValidationError

from bce_emulator.app import Application
from bce_emulator.control.routes import MODULES
from tests.cloud import Cloud
from tests.control.conftest import control_of
from tests.control.shapes import check_control, control_calls, undeclared
from tests.services.bbc.servers import HOST, new_server

MEMBERS = {
    "PUT clock": {"frozen": True},
    "POST clock/advance": {"seconds": 1},
    "POST accounts": {},
    "POST reachability": {"source": "internet", "target": "10.0.0.1", "port": 80},
    "PUT facts": {"keypairQuota": 3},
    "PUT lifecycles/{kind}/{action}": {"seconds": 5},
    "POST faults": {"operation": "StopInstance", "error": "InternalError", "delaySeconds": 1},
    "POST journal/verify": {"operation": "ListZones", "body": {"a": 1}},
    "PUT instances/{instance_id}": {"status": "Expired"},
    "POST instances/{instance_id}/maintenance": {"category": "PlannedMaintenanceEvent"},
    "PUT resources/{resource_id}": {"status": "Stopped"},
    "PUT backends/{instance_id}": {"health": "Dead"},
    "POST servers/{server_id}/repair": {"errResult": "DiskFailure"},
    "POST state/fork": {"from": "test", "to": "test-2"},
}
LAST = ("DELETE faults/{fault_id}", "DELETE faults", "DELETE accounts/{access_key}", "PUT state", "POST reset")
"""Calls that take away what others are about."""
STREAM = "GET journal/stream"
METRICS = "GET metrics"
"""Lasts until its reader goes; tests/control/test_stream.py reads it."""


@pytest.fixture
def document(control):
    return control("GET", "openapi.json").body


def operations(document) -> dict[str, dict]:
    return {
        f"{method.upper()} {path.removeprefix('/_emulator/')}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_call_has_a_tag_a_summary_a_name_of_its_own_and_a_model(document):
    found = operations(document)

    assert set(found) == set(control_calls())
    assert len({operation["operationId"] for operation in found.values()}) == len(found)
    tags = {tag["name"] for tag in document["tags"] if tag["description"]}
    for name, operation in found.items():
        assert operation["summary"].endswith("."), name
        assert len(operation["tags"]) == 1, name
        assert set(operation["tags"]) <= tags, name
        [content] = operation["responses"]["200"]["content"].values()
        assert content["schema"] != {}, name
    assert len(tags) == len(MODULES)


def test_every_refusal_is_declared_in_its_one_form(document):
    for name, operation in operations(document).items():
        refusals = {status: each for status, each in operation["responses"].items() if status != "200"}
        expected = {"400", "403", "500"}
        expected |= {"503"} if name != "GET live" else set()
        expected |= set() if name in {"GET live", "GET ready"} else {"401", "404"}
        expected |= {"413"} if name.startswith(("PUT", "POST")) else set()

        assert set(refusals) == expected, name
        for each in refusals.values():
            assert each["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Refused"}
    assert document["components"]["schemas"]["Refused"]["required"] == ["error"]


def test_the_token_is_declared_for_all_calls_but_the_probes(document):
    schemes = document["components"]["securitySchemes"]

    assert schemes == {"adminToken": {"type": "http", "scheme": "bearer"}}
    for name, operation in operations(document).items():
        probe = name in {"GET live", "GET ready"}
        assert operation["security"] == ([] if probe else [{}, {"adminToken": []}]), name


def test_every_schema_is_used_and_every_reference_leads_to_one(document):
    text = json.dumps(document)

    names = set(document["components"]["schemas"])
    assert {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]} == names
    assert "HTTPValidationError" not in names


def test_every_call_can_be_made_by_what_the_document_says_of_it_and_fits_it(document):
    cloud = Cloud(access_key="test")
    control = control_of(cloud)
    instance = cloud.create()
    cloud.host = HOST
    server = new_server(cloud)
    cloud.host = "127.0.0.1:8080"
    cloud.secret_key = "wrong-secret-key-of-test"
    refused = cloud.call("GET", "/v2/zone").body["requestId"]
    state = control("GET", "state").body
    key = control("POST", "accounts", {}).body["accessKeyId"]
    fault = control("POST", "faults", {"operation": "StopInstance", "error": "InternalError"}).body["id"]
    values = {
        "access_key": key, "kind": "Instance", "action": "stop", "fault_id": fault, "request_id": refused,
        "instance_id": instance, "resource_id": instance, "server_id": server,
    }  # fmt: skip
    bodies = MEMBERS | {"PUT state": state, "POST state/diff": {"before": state}}

    made = operations(document)
    for name in sorted(set(made) - {STREAM, METRICS}, key=lambda name: LAST.index(name) if name in LAST else -1):
        method, _, path = name.partition(" ")
        asked = [each for each in made[name].get("parameters", ()) if each["required"]]
        assert all(each["in"] == "path" for each in asked), name
        assert ("requestBody" in made[name]) == (name in bodies), name
        reply = control(method, path.format(**values), bodies.get(name, b""))

        assert reply.status == 200, (name, reply.body)


@pytest.mark.parametrize(
    ("name", "body", "fits"),
    [
        ("GET live", {"live": True}, True),
        ("GET live", {"live": True, "more": 1}, False),
        ("GET live", {}, False),
        ("GET live", {"live": "yes"}, False),
        ("GET facts", {"x": {"value": 1, "default": 1, "help": "", "more": 1}}, False),
        ("POST faults", {"faults": [{"id": "fault-1"}]}, False),
    ],
)
def test_an_answer_that_does_not_fit_its_model_is_found(name, body, fits):
    call = control_calls()[name]
    try:
        found = undeclared(call.response, body) == body
    except ValidationError:
        found = False

    assert found is fits


def test_an_undeclared_status_is_found():
    with pytest.raises(AssertionError, match="does not declare 409"):
        check_control("GET", "clock", 409, {"error": "x"})


def test_every_answer_of_the_other_tests_is_held_against_its_model(control, monkeypatch):
    monkeypatch.setattr(Application, "control", property(lambda _self: strange))

    with pytest.raises(ValidationError):
        control("GET", "clock")


async def strange(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b'{"now": 5}'})


def test_nothing_but_the_probes_is_imported_before_the_first_control_call_or_the_page():
    code = (
        "import sys; from bce_emulator.app import build; from bce_emulator.settings import Settings; build(Settings());"
        "print([name for name in sys.modules if name.startswith(('fastapi', 'bce_emulator.control', 'bce_emulator.dashboard'))])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "['bce_emulator.control', 'bce_emulator.control.probes']\n"
