"""Faults: planned, injected, counted, recorded."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from types import SimpleNamespace

import httpx
import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.only_planned import ONLY_PLANNED
from tests.cloud import NOW, SPEC, Cloud
from tests.control.conftest import eventually
from tests.services.blb.balancer.balancers import new_balancer

STOP = {"operation": "StopInstance"}
LIST = {"operation": "ListInstances"}


def stop(cloud: Cloud, instance: str):
    return cloud.call("PUT", f"/v2/instance/{instance}?stop")


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        ("Instance.StopInstanceOperationForbidden", 409, "Instance not running when shutting down"),
        ("NoSuchObject", 404, "The specified object is not found or resource do not exist."),
        ("InternalError", 500, "We encountered an internal error Please try again."),
        ("ServiceInternalError", 500, "Internal service occurs error."),
        ("RequestExpired", 400, "Request has expired. Timestamp date is 2026-01-01T00:01:00Z."),
        ("BadRequest", 400, "Bad request parameters or illegal request."),
        ("ZoneExceptions.ZoneSoldOutException", 409, "this zone is sold out"),
    ],
)
def test_a_planned_error_is_answered_as_documented_and_changes_nothing(cloud, control, running, code, status, message):
    control("POST", "faults", {**STOP, "error": code})

    before = cloud.fingerprint()
    reply = stop(cloud, running)

    assert (reply.status, reply.code, reply.body["message"]) == (status, code, message)
    assert cloud.fingerprint() == before
    assert reply.body["requestId"] == reply.headers["x-bce-request-id"]


@pytest.mark.parametrize("error", ONLY_PLANNED, ids=lambda error: error.code)
def test_an_error_that_nothing_here_causes_can_be_planned(cloud, control, running, error):
    assert control("POST", "faults", {**STOP, "error": error.code}).status in {200, 201}

    reply = stop(cloud, running)

    assert (reply.status, reply.code, reply.body["message"]) == (error.status, error.code, error.message)
    assert stop(cloud, running).status == 200


def test_a_fault_is_injected_as_often_as_it_was_planned_and_is_then_forgotten(cloud, control, running):
    planned = control("POST", "faults", {**STOP, "error": "InternalError", "times": 2})

    statuses = [stop(cloud, running).status for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert (planned.body["left"], planned.body["struck"]) == (2, 0)
    assert control("GET", "faults").body == {"faults": []}


def test_faults_are_injected_in_the_order_of_planning(cloud, control, running):
    for code in ("InternalError", "BadRequest"):
        control("POST", "faults", {**STOP, "error": code})

    assert [stop(cloud, running).code for _ in range(3)] == ["InternalError", "BadRequest", ""]


def test_a_fault_meets_no_other_operation_no_other_account_and_no_refused_caller(cloud, control, running):
    control("POST", "faults", {**STOP, "error": "InternalError"})
    other = Cloud("test-other")
    other.emulator, other.application = cloud.emulator, cloud.application

    assert cloud.call("PUT", f"/v2/instance/{running}?reboot").status == 200
    assert stop(other, "i-nobody00").code == "NoSuchObject"
    assert cloud.call("PUT", f"/v2/instance/{running}?stop", sign=False).code == "AccessDenied"
    assert control("GET", "faults").body["faults"][0]["left"] == 1


@pytest.mark.parametrize(
    ("operation", "method", "target", "member"),
    [
        ("StopInstance", "PUT", "/v2/instance/{}?stop", ""),
        ("ListInstances", "GET", "/v2/instance?instanceIds={}", ""),
        ("CreateInstanceBySpec", "POST", "/v2/instanceBySpec", "keypairId"),
    ],
)
def test_a_resource_in_path_query_or_body_narrows_a_fault(cloud, control, operation, method, target, member):
    first, second = cloud.create(), cloud.create()
    control("POST", "faults", {"operation": operation, "error": "InternalError", "resource": second})

    def ask(instance: str) -> int:
        body = {"spec": SPEC, member: instance} if member else None
        return cloud.call(method, target.format(instance), body).status

    assert ask(first) != 500
    assert ask(second) == 500


def test_a_delay_holds_the_answer_back(cloud, control, running):
    control("POST", "faults", {**STOP, "delaySeconds": 0.2})

    started = time.monotonic()
    reply = stop(cloud, running)

    assert reply.status == 200
    assert time.monotonic() - started >= 0.2


def test_a_delay_may_precede_another_effect(cloud, control, running):
    control("POST", "faults", {**STOP, "delaySeconds": 0.05, "error": "InternalError"})

    assert stop(cloud, running).status == 500
    assert "delay of 0.05 s" in cloud.last_entry.fault.effect


@pytest.mark.parametrize("state", ["Error", "Running", "Expired"])
def test_a_transition_ends_in_the_planned_state(cloud, control, running, state):
    control("POST", "faults", {**STOP, "endIn": state})

    assert stop(cloud, running).status == 200
    assert cloud.status(running) == "Stopping"
    due = control("POST", "clock/advance", {"seconds": 20}).body["due"]

    assert cloud.status(running) == state
    assert due == [f"Instance {running} stop (fault-1) {state}"]


def test_an_operation_beside_its_kind_can_end_in_a_state_of_it(cloud, control):
    made = new_balancer(cloud)
    control("POST", "faults", {"operation": "ResizeBlb", "endIn": "unavailable"})

    cloud.ok("POST", f"/v1/blb/{made}?action=RESIZE", {"performanceLevel": "small1"})
    cloud.clock.advance(60)

    assert cloud.ok("GET", f"/v1/blb/{made}")["status"] == "unavailable"


def test_a_transition_never_ends(cloud, control, running):
    control("POST", "faults", {**STOP, "endIn": "never"})

    stop(cloud, running)
    cloud.clock.advance(1_000_000)

    assert cloud.status(running) == "Stopping"
    assert control("POST", "clock/advance", {"until": "idle"}).status == 200


def test_a_creation_ends_in_error(cloud, control):
    control("POST", "faults", {"operation": "CreateInstanceBySpec", "endIn": "Error"})

    instance = cloud.create()

    assert cloud.status(instance) == "Error"


def test_what_follows_the_end_of_a_transition_does_not_follow_another_end(cloud, control, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)
    control("POST", "faults", {"operation": "StartInstance", "endIn": "Error"})

    cloud.ok("PUT", f"/v2/instance/{running}?start")
    cloud.clock.advance(30)

    assert cloud.account.get(Instance, running).stopped_without_charge


def test_a_released_instance_stays_if_its_release_never_ends(cloud, control, running):
    control("POST", "faults", {"operation": "DeleteInstance", "endIn": "never"})

    assert cloud.call("DELETE", f"/v2/instance/{running}").status == 200

    assert cloud.status(running) == "Running"


def test_an_end_counts_only_where_a_transition_began(cloud, control, running):
    control("POST", "faults", {**STOP, "endIn": "Error"})

    assert stop(cloud, "i-nobody00").status == 404
    assert cloud.last_entry.fault is None
    assert stop(cloud, running).status == 200

    assert cloud.last_entry.fault.id == "fault-1"
    assert control("GET", "faults").body["faults"] == []


@pytest.mark.parametrize(
    ("plan", "status", "hint"),
    [
        ({"operation": "StopInstanc", "error": "InternalError"}, 400, "StopInstance"),
        ({"operation": "Stop Time", "error": "InternalError"}, 400, "no operation is called"),
        ({**STOP, "error": "InternalEror"}, 400, "InternalError"),
        ({**STOP, "error": "NotImplemented"}, 400, "no error has the code 'NotImplemented'; StopInstance lists"),
        ({**STOP, "error": "InternalError", "message": "no"}, 400, "We encountered"),
        ({**STOP, "message": "no", "delaySeconds": 1}, 400, "code"),
        ({**STOP, "endIn": "Eror"}, 400, "never"),
        ({**LIST, "endIn": "Error"}, 400, "starts no transition"),
        ({"operation": "ListZones", "endIn": "Error"}, 400, "starts no transition"),
        ({**STOP, "error": "InternalError", "resource": "i-nobody00"}, 404, "i-nobody00"),
        ({**STOP}, 400, "one of error"),
        ({**STOP, "error": "InternalError", "disconnect": True}, 400, "exclude"),
        ({**STOP, "error": "InternalError", "times": 0}, 400, "times"),
        ({**STOP, "error": "InternalError", "often": 2}, 400, "often"),
        ({**STOP, "delaySeconds": -1}, 400, "delaySeconds"),
        ({**STOP, "disconnect": "sometimes"}, 400, "disconnect"),
        ({"error": "InternalError"}, 400, "operation"),
    ],
)
def test_what_can_never_be_injected_is_refused_when_it_is_planned(control, plan, status, hint):
    reply = control("POST", "faults", plan)

    assert reply.status == status
    assert hint in reply.body["error"], reply.body
    assert control("GET", "faults").body == {"faults": []}


def test_a_bare_name_is_that_of_the_product_that_others_yield_to(cloud, control, running):
    for name in ("StopInstance", "bbc.StopInstance"):
        control("POST", "faults", {"operation": name, "error": "InternalError"})

    assert (stop(cloud, running).status, stop(cloud, running).status) == (500, 200)
    assert len(control("GET", "faults").body["faults"]) == 1, "that of bare metal is still to come"


def test_an_operation_that_is_not_emulated_takes_no_fault(missing, control):
    reply = control("POST", "faults", {"operation": f"{missing.product}.{missing.name}", "error": "InternalError"})

    assert reply.status == 400
    assert "not emulated" in reply.body["error"]


def test_a_message_tells_errors_of_one_code_apart(cloud, control):
    message = "Hostname duplicate in same vpc."
    control("POST", "faults", {"operation": "CreateInstanceBySpec", "error": "BadRequest", "message": message})

    reply = cloud.call("POST", "/v2/instanceBySpec", {"spec": SPEC})

    assert (reply.code, reply.body["message"]) == ("BadRequest", message)


def test_faults_are_called_off_one_by_one_or_all(control):
    for _ in range(3):
        control("POST", "faults", {**STOP, "error": "InternalError"})

    assert control("DELETE", "faults/fault-2").body == {"deleted": ["fault-2"]}
    assert control("DELETE", "faults/fault-2").status == 404
    assert control("DELETE", "faults").body == {"deleted": ["fault-1", "fault-3"]}


def test_a_reset_calls_the_faults_of_its_account_off(control):
    control("PUT", "clock?account=test-other", {})
    control("POST", "faults?account=*", {**STOP, "error": "InternalError"})

    control("POST", "reset")

    assert [fault["account"] for fault in control("GET", "faults?account=*").body["faults"]] == ["test-other"]


def test_the_journal_names_the_fault_that_was_injected(cloud, control, running):
    control("POST", "faults", {**STOP, "error": "InternalError"})

    stop(cloud, running)

    assert cloud.last_entry.fault.id == "fault-1"
    assert cloud.last_entry.fault.effect == "error InternalError"


def signed(served, method: str, target: str) -> bytes:
    path, _, query = target.partition("?")
    host, date = served.cloud.host, iso(NOW)
    string = authorize(method, host, path, query, date, "test", served.cloud.secret_key)
    return (
        f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nx-bce-date: {date}\r\nAuthorization: {string}\r\n\r\n"
    ).encode()


def received(served, request: bytes) -> bytes:
    with socket.create_connection(served.address, timeout=5) as connection:
        connection.sendall(request)
        data = b""
        while chunk := connection.recv(65_536):
            data += chunk
    return data


@pytest.mark.parametrize(("when", "status"), [(True, "Running"), ("before", "Running"), ("after", "Stopping")])
def test_a_client_sees_its_connection_close_without_an_answer(cloud, control, running, request, when, status):
    control("POST", "faults", {**STOP, "disconnect": when})
    served = request.getfixturevalue("served")

    data = received(served, signed(served, "PUT", f"/v2/instance/{running}?stop"))

    assert data == b""
    assert cloud.last_entry.fault.cuts
    assert cloud.account.get(Instance, running).status == status


def test_an_http_client_sees_a_lost_connection_and_the_next_request_works(cloud, control, running, served):
    control("POST", "faults", {**LIST, "disconnect": True})
    date = iso(NOW)
    headers = {
        "host": cloud.host,
        "x-bce-date": date,
        "authorization": authorize("GET", cloud.host, "/v2/instance", "", date, "test", cloud.secret_key),
    }

    with httpx.Client(base_url=served.endpoint) as client:
        with pytest.raises(httpx.RemoteProtocolError, match="disconnected without sending a response"):
            client.get("/v2/instance", headers=headers)
        again = client.get("/v2/instance", headers=headers)

    assert again.status_code == 200


@pytest.mark.parametrize("sent", [0, 7, 10_000_000])
def test_a_truncated_answer_has_the_length_of_the_whole_and_fewer_bytes(cloud, control, running, served, sent):
    control("POST", "faults", {**LIST, "truncateBytes": sent})

    data = received(served, signed(served, "GET", "/v2/instance"))

    head, _, body = data.partition(b"\r\n\r\n")
    whole = cloud.last_entry.response
    assert head.startswith(b"HTTP/1.1 200")
    assert f"content-length: {len(whole)}".encode() in head.lower()
    assert body == whole[: min(sent, len(whole) - 1)]


def test_a_refusal_is_truncated_too(cloud, control, served):
    control("POST", "faults", {**STOP, "truncateBytes": 5})

    data = received(served, signed(served, "PUT", "/v2/instance/i-nobody00?stop"))

    assert data.startswith(b"HTTP/1.1 404")
    assert data.endswith(b'\r\n\r\n{"req')


def test_a_waiting_request_delays_no_other(cloud, control, running, served):
    control("POST", "faults", {**STOP, "delaySeconds": 60})

    with socket.create_connection(served.address, timeout=5) as slow:
        slow.sendall(signed(served, "PUT", f"/v2/instance/{running}?stop"))
        assert eventually(lambda: not cloud.account.account.faults.planned)
        assert received(
            served, signed(served, "GET", "/v2/zone").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
        slow.setblocking(False)
        with pytest.raises(BlockingIOError):
            slow.recv(100)


def test_after_a_reset_during_a_delay_the_late_request_meets_the_new_state(
    cloud, control, running, served, monkeypatch
):
    control("POST", "faults", {**STOP, "delaySeconds": 60})
    over = threading.Event()

    async def sleep(_seconds: float) -> None:
        await asyncio.get_running_loop().run_in_executor(None, over.wait)

    stand_in = SimpleNamespace(sleep=sleep, CancelledError=asyncio.CancelledError)
    monkeypatch.setattr("bce_emulator.engine.observe.faults.asyncio", stand_in)
    with socket.create_connection(served.address, timeout=5) as slow:
        slow.sendall(signed(served, "PUT", f"/v2/instance/{running}?stop"))
        assert eventually(lambda: not cloud.account.account.faults.planned)
        httpx.post(f"{served.endpoint}/_emulator/reset")
        over.set()
        assert slow.recv(100).startswith(b"HTTP/1.1 404")
