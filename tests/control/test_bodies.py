"""What a control call may be asked, and what is said of a name, a type or a length that it does not take."""

from __future__ import annotations

import json

import pytest

from bce_emulator.control import bodies
from bce_emulator.testing import Server
from tests.raw import RawReply, exchange, request_bytes


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("PUT", "clock", {"frosen": True}, "frosen: there is no such member; did you mean frozen?"),
        (
            "POST",
            "faults",
            {"operation": "StopInstance", "delaySecs": 1},
            "delaySecs: there is no such member; did you mean delaySeconds?",
        ),
        ("POST", "state/fork", {"form": "test", "to": "test-2"}, "from: Field required"),
        ("POST", "accounts", {"accessKey": "a"}, "accessKey: there is no such member; did you mean accessKeyId?"),
        ("PUT", "clock", {"frozen": 1}, "frozen: Input should be a valid boolean"),
        ("PUT", "clock", {"frozen": "yes"}, "frozen: Input should be a valid boolean"),
        ("POST", "clock/advance", {"seconds": True}, "seconds: Input should be a valid number"),
        ("POST", "clock/advance", {"seconds": "5"}, "seconds: Input should be a valid number"),
        ("PUT", "clock", [], "the body is a JSON object"),
        ("PUT", "clock", "text", "the body is a JSON object"),
        ("PUT", "facts", [], "the body is a JSON object"),
        ("PUT", "clock", {"now": "1969-12-31T23:59:59Z"}, "a clock goes from 1970-01-01T00:00:00Z to 9000-01-01T"),
        ("PUT", "clock", {"now": "0001-01-01T00:00:00Z"}, "a clock goes from 1970-01-01T00:00:00Z to 9000-01-01T"),
        ("POST", "reset?acount=test-2", None, "this call has no parameter 'acount'; did you mean account?"),
        ("GET", "journal?operations=StopInstance", None, "this call has no parameter 'operations'; did you mean op"),
        ("DELETE", "faults?id=fault-1", None, "this call has no parameter 'id'"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_call_does_not_take_is_refused_with_what_would_be_right(
    cloud, control, running, method, path, body, said
):
    before = control("GET", "state").body

    reply = control(method, path, body)

    assert (reply.status, list(reply.body)) == (400, ["error"])
    assert reply.body["error"].startswith(said)
    assert control("GET", "state").body == before


def put_clock(server: Server, body: bytes, *headers: tuple[str, str]) -> RawReply | None:
    given = [("Host", f"127.0.0.1:{server.port}"), *(headers or [("Content-Length", str(len(body)))])]
    return exchange(server.port, request_bytes("PUT", "/_emulator/clock", given, body))


@pytest.fixture(scope="module")
def server():
    with Server() as server:
        yield server


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "application/xml", ""])
def test_a_body_is_json_whatever_its_content_type(server, content_type):
    body = b'{"now": "2026-01-01T00:00:00Z", "frozen": true}'

    reply = put_clock(server, body, ("Content-Type", content_type), ("Content-Length", str(len(body))))

    assert (reply.status, reply.json()["now"]) == (200, "2026-01-01T00:00:00Z")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_long_is_refused(server, monkeypatch, chunked):
    monkeypatch.setattr(bodies, "MAX_OTHER_BYTES", 100)
    body = b'{"frozen": true}' + b" " * 100
    if chunked:
        reply = put_clock(server, b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body), ("Transfer-Encoding", "chunked"))
    else:
        reply = put_clock(server, body)

    assert (reply.status, reply.json()) == (413, {"error": "the body is longer than 100 bytes"})


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"now":' * 100_000, b"\xff\xfe", b'{"pace": NaN}', b"nonsense"])
def test_no_body_is_too_strange(server, body):
    reply = put_clock(server, body)

    assert reply.status == 400
    assert list(reply.json()) == ["error"]


@pytest.mark.parametrize(("path", "status"), [("clock", 413), ("state/fork", 413), ("state", 400), ("state/diff", 400)])
def test_only_the_state_of_an_account_may_be_long(server, path, status):
    body = b" " * (bodies.MAX_OTHER_BYTES + 1)
    given = [("Host", f"127.0.0.1:{server.port}"), ("Content-Length", str(len(body)))]

    method = "POST" if "/" in path else "PUT"
    reply = exchange(server.port, request_bytes(method, f"/_emulator/{path}", given, body))

    assert reply.status == status


def test_a_long_document_is_written_a_part_at_a_time_and_is_what_it_was(monkeypatch):
    document = {"a": {"b": {"c": {"d": [1, None]}, "e": "é"}, "f": []}, "g": [{"h": 1.5}, {}], "i": None}
    whole, written = json.dumps(document), []
    dumps = bodies.orjson.dumps
    monkeypatch.setattr(bodies.orjson, "dumps", lambda value: written.append(value) or dumps(value))

    assert json.loads(bodies.text_of(document)) == json.loads(whole)

    assert {"d": [1, None]} in written
    assert document == {}
