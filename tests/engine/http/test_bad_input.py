"""What strangers send: each thing gets the documented error, and the server lives on."""

from __future__ import annotations

import json
import socket

import pytest

from bce_emulator.cli import serve
from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http import protocol
from bce_emulator.engine.http import request as engine_http
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.test_faults_everywhere import ask
from tests.raw import RawReply, exchange, read_reply, request_bytes

SPEC = {"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9"}


@pytest.fixture(scope="module")
def server():
    with Server(wall=lambda: NOW, max_body_bytes=1024 * 1024) as server:
        yield server


def signed(
    server: Server, method: str, target: str, extra: list[tuple[str, str]], body: bytes = b"", key: str = "test"
) -> bytes:
    path, _, query = target.partition("?")
    host, date = f"127.0.0.1:{server.port}", iso(NOW)
    authorization = authorize(method, host, path, query, date, key, DEFAULT_SECRET_KEY)
    headers = [("Host", host), ("x-bce-date", date), ("Authorization", authorization), *extra]
    return request_bytes(method, target, headers, body)


def post(server: Server, body: bytes, **headers: str) -> RawReply | None:
    extra = [("Content-Length", str(len(body))), *headers.items()]
    return exchange(server.port, signed(server, "POST", "/v2/instanceBySpec", extra, body))


def refusal(reply: RawReply | None) -> tuple[int, str]:
    """Status and code of an answer that is in the documented form."""
    assert reply is not None
    body = reply.json()
    assert reply.headers["content-type"] == "application/json;charset=UTF-8"
    assert set(body) == {"requestId", "code", "message"}
    assert all(isinstance(value, str) for value in body.values())
    assert body["requestId"] == reply.headers["x-bce-request-id"]
    return reply.status, body["code"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "MalformedJSON")),
        (b"[]", (400, "InappropriateJSON")),
        (b'"text"', (400, "InappropriateJSON")),
        (b"null", (400, "InappropriateJSON")),
        (b"\xff\xfe{}", (400, "InvalidHTTPRequest")),
        (b'{"spec": "\xff"}', (400, "InvalidHTTPRequest")),
        (b'{"spec": "\xe6\xb5"}', (400, "InvalidHTTPRequest")),
        (b'{"spec": "\\ud800", "imageId": "m-x"}', (400, "MalformedJSON")),
        (b'{"spec": "a", "spec": "b"}', (400, "MalformedJSON")),
        (b'{"billing": {"paymentTiming": "Postpaid", "paymentTiming": "Prepaid"}}', (400, "MalformedJSON")),
        (b'{"purchaseCount": NaN}', (400, "MalformedJSON")),
        (b'{"purchaseCount": Infinity}', (400, "MalformedJSON")),
        (b'{"a":' * 100_000, (400, "MalformedJSON")),
        (b"[" * 500_000, (400, "MalformedJSON")),
        (json.dumps({**SPEC, "purchaseCount": 10**100}).encode(), (400, "BadRequest")),
        (
            b'{"spec": "bcc.g5.c2m8", "imageId": "m-z2UUQHH9", "purchaseCount": ' + b"9" * 5000 + b"}",
            (400, "MalformedJSON"),
        ),
        (json.dumps({**SPEC, "purchaseCount": "one"}).encode(), (400, "InappropriateJSON")),
        (json.dumps({**SPEC, "purchaseCount": 1.5}).encode(), (400, "InappropriateJSON")),
        (json.dumps({**SPEC, "purchaseCount": True}).encode(), (400, "InappropriateJSON")),
        (json.dumps({**SPEC, "billing": "Postpaid"}).encode(), (400, "InappropriateJSON")),
        (json.dumps({**SPEC, "tags": {"tagKey": "a"}}).encode(), (400, "InappropriateJSON")),
        (json.dumps({"imageId": "m-z2UUQHH9"}).encode(), (400, "InappropriateJSON")),
        (b"", (400, "InappropriateJSON")),
        (b" " * (1024 * 1024 + 1), (400, "InvalidHTTPRequest")),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_body_is_refused_as_documented(server, body, expected):
    assert refusal(post(server, body)) == expected


@pytest.mark.sweep(4)
@pytest.mark.parametrize("key", sorted(key for key in OPERATIONS if OPERATIONS[key].route.method in {"POST", "PUT"}))
def test_every_operation_refuses_a_bad_body_in_the_same_way(cloud, key):
    bodies = (b"{", b"[]", b'"x"', b"1", b"{}\xff", "{}".encode("utf-16"))

    replies = [ask(cloud, OPERATIONS[key], raw=body) for body in bodies]

    wrong = ["MalformedJSON", *3 * ["InappropriateJSON"], *2 * ["InvalidHTTPRequest"]]
    assert [(reply.status, reply.code) for reply in replies] == [(400, code) for code in wrong]


def test_a_body_of_exactly_the_limit_is_read(server):
    body = json.dumps(SPEC).encode()

    reply = post(server, body + b" " * (1024 * 1024 - len(body)))

    assert reply is not None
    assert reply.status == 200


@pytest.mark.parametrize(
    ("method", "target", "expected"),
    [
        ("GET", "/v2/instance/i%2Fa", (400, "InvalidURI")),
        ("GET", "/v2/instance/%ff", (400, "InvalidURI")),
        ("GET", "/v2/instance?marker=%ff", (400, "InvalidURI")),
        ("GET", "/v2/instance/" + "x" * 5000, (404, "NoSuchObject")),
        ("GET", "/v2/instance/%00%0d%0a", (404, "NoSuchObject")),
        ("GET", "/v2/instance/i-%E6%B5%8B", (404, "NoSuchObject")),
        ("GET", "/v2/instance/..%2e", (404, "NoSuchObject")),
        ("GET", "/v2/instance?" + "&".join(f"a{n}=1" for n in range(10_000)), (400, "InvalidHTTPRequest")),
        ("GET", "/v2/instance?" + "&".join(f"a{n}=1" for n in range(5_000)), (400, "InvalidURI")),
        ("GET", "/v2/instance?" + "&" * 10_000, (200, None)),
        ("GET", "/v2/instance?maxKeys=abc", (400, "BadRequest")),
        ("GET", "/v2/instance?maxKeys=1_0", (400, "BadRequest")),
        ("GET", "/v2/instance?maxKeys=%EF%BC%91", (400, "BadRequest")),
        ("GET", "/v2/snapshot/chain?pageNo=" + "9" * 19, (400, "BadRequest")),
        ("GET", "/v2/instance?maxKeys=0", (400, "BadRequest")),
        ("GET", "/v2/instance?maxKeys=-1", (400, "BadRequest")),
        ("GET", "/v2/instance?maxKeys=" + "9" * 5000, (400, "BadRequest")),
        ("GET", "/v2/instance?marker=i-unknown0", (400, "BadRequest")),
        ("GET", "/v2/instance?status=Sleeping", (400, "BadRequest")),
        ("PUT", "/v2/instance/i-a?start&stop", (400, "BadRequest")),
        ("PUT", "/v2/instance/i-a?hibernate", (400, "InvalidURI")),
        ("PUT", "/v2/instance/i-a", (400, "InvalidURI")),
        ("POST", "/v2/instance/i-a?reboot", (405, "MethodNotAllowed")),
        ("DELETE", "/v2/zone", (405, "MethodNotAllowed")),
        ("PATCH", "/v2/zone", (405, "MethodNotAllowed")),
        ("OPTIONS", "/v2/zone", (405, "MethodNotAllowed")),
        ("GET", "/v2/nothing", (404, "InvalidURI")),
        ("GET", "/", (405, "MethodNotAllowed")),
        ("GET", "//v2/zone", (404, "InvalidURI")),
        ("GET", "/v2/zone/", (404, "InvalidURI")),
        ("GET", "/v9/zone", (404, "InvalidVersion")),
        ("GET", "/docs", (404, "InvalidURI")),
        ("GET", "/openapi.json", (404, "InvalidURI")),
        ("GET", "/favicon.ico", (404, "InvalidURI")),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_bad_target_is_refused_as_documented(server, method, target, expected):
    reply = exchange(server.port, signed(server, method, target, []))

    assert (refusal(reply) if expected[1] else (reply.status, None)) == expected


@pytest.mark.parametrize(
    "target", ["/v2/%ff", "/v2/zone?marker=%ff", "/v2/i%2Fa", "/v9/zone", "/v2/zone?authorization=%ff"]
)
def test_a_bad_target_without_a_signature_is_refused_too(server, target):
    assert refusal(exchange(server.port, request_bytes("GET", target, [("Host", "x")])))[1] in {
        "InvalidURI",
        "InvalidVersion",
    }


def test_the_answer_to_head_has_no_body(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(signed(server, "HEAD", "/v2/zone", [("Connection", "close")]))
        received = b"".join(iter(lambda: connection.recv(65536), b""))

    assert received.startswith(b"HTTP/1.1 405 ")
    assert received.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("name", ["Host", "Authorization"])
def test_a_header_that_must_be_there_once_is_not_taken_twice(server, name):
    request = signed(server, "GET", "/v2/zone", [(name, "other")])

    assert refusal(exchange(server.port, request)) == (400, "InvalidHTTPAuthHeader")


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /v2/zone HTTP/1.1\r\nbad header\r\n\r\n",
        b"GET /v2/zone HTTP/9.9\r\n\r\n",
        b"GET /v2/\xe6\xb5\x8b HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /v2/instance HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"POST /v2/instance HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /v2/zone HTTP/1.1\r\nx-long: " + b"x" * 70_000,
        b"GET /v2/zone HTTP/1.1\r\n" + b"".join(b"x-%d: y\r\n" % n for n in range(9_000)),
        b"GET /" + b"x" * 70_000,
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_request_is_refused_as_documented(server, data):
    assert refusal(exchange(server.port, data)) == (400, "InvalidHTTPRequest")


def test_sixty_kilobytes_of_headers_are_read(server):
    reply = exchange(server.port, signed(server, "GET", "/v2/zone", [("x-note", "x" * 60_000)]))

    assert reply is not None
    assert reply.status == 200


def test_a_client_that_goes_away_in_its_body_does_no_harm(server):
    request = signed(server, "POST", "/v2/instanceBySpec", [("Content-Length", "1000")], b'{"spec":')

    assert exchange(server.port, request, half_close=True) is None
    assert exchange(server.port, signed(server, "GET", "/v2/zone", [])).status == 200


def test_a_slow_body_delays_nobody_else_and_ends_in_an_error(server, monkeypatch):
    monkeypatch.setattr(engine_http, "BODY_SECONDS", 0.2)
    request = signed(server, "POST", "/v2/instanceBySpec", [("Content-Length", "1000")], b'{"spec":')
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as slow:
        slow.sendall(request)
        assert exchange(server.port, signed(server, "GET", "/v2/zone", [])).status == 200

        assert refusal(read_reply(slow)) == (400, "InvalidHTTPRequest")


def test_slow_headers_end_in_an_error(server, monkeypatch):
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)

    assert refusal(exchange(server.port, b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n")) == (400, "InvalidHTTPRequest")


def test_an_idle_connection_is_closed_and_a_busy_one_is_not(monkeypatch):
    monkeypatch.setattr(serve, "KEEP_ALIVE_SECONDS", 0.6)
    with Server(wall=lambda: NOW) as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as kept:
        request = signed(server, "GET", "/v2/zone", [])
        for _ in range(16):
            kept.sendall(request)
            assert read_reply(kept).status == 200
            kept.settimeout(0.05)
            with pytest.raises(TimeoutError):
                kept.recv(1)
            kept.settimeout(10)

        assert kept.recv(1) == b""


def test_a_chunked_body_is_read(server):
    body = json.dumps(SPEC).encode()
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    request = signed(server, "POST", "/v2/instanceBySpec", [("Transfer-Encoding", "chunked")], chunked)

    assert exchange(server.port, request).status == 200


OFFER = [("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAEAAEAAAAIAAAAA")]


@pytest.mark.parametrize("cut", [0, 1, 40, -40, -1], ids=lambda cut: f"cut at {cut}")
def test_a_request_that_offers_another_protocol_is_read_with_its_body(server, cut):
    body = json.dumps(SPEC).encode()
    request = signed(server, "POST", "/v2/instanceBySpec", [*OFFER, ("Content-Length", str(len(body)))], body)

    assert exchange(server.port, [request[:cut], request[cut:]]).status == 200


def test_a_chunked_body_after_an_offer_is_read(server):
    body = json.dumps(SPEC).encode()
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    request = signed(server, "POST", "/v2/instanceBySpec", [*OFFER, ("Transfer-Encoding", "chunked")], chunked)

    assert exchange(server.port, request).status == 200


def test_a_connection_goes_on_after_an_offer(server):
    offer = signed(server, "GET", "/v2/zone", OFFER)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for request in (offer, offer, signed(server, "GET", "/v2/zone", [])):
            connection.sendall(request)
            assert read_reply(connection).status == 200

        connection.sendall(100 * offer + signed(server, "GET", "/v2/zone", [("Connection", "close")]))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
        assert received.count(b"HTTP/1.1 200 ") == 101


def test_a_tunnel_is_refused_in_the_documented_form(server):
    assert refusal(exchange(server.port, b"CONNECT bcc.bj.baidubce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")) == (
        400,
        "InvalidHTTPRequest",
    )


def test_requests_in_one_packet_are_all_answered_in_order(server):
    one = signed(server, "GET", "/v2/zone", [])
    two = signed(server, "POST", "/v2/instanceBySpec", [("Content-Length", "2")], b"{}")
    three = signed(server, "GET", "/v2/nothing", [("Connection", "close")])
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(one + two + three)
        received = b"".join(iter(lambda: connection.recv(65536), b""))

    statuses = [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200, 400, 404]


def test_many_requests_in_a_row_may_end_inside_a_head(server):
    body = b" " * 60_000 + b"{}"
    first = signed(server, "POST", "/v2/instanceBySpec", [("Content-Length", str(len(body)))], body)
    last = signed(server, "GET", "/v2/zone", [("Connection", "close")])
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(first * 3 + last[:40])
        received = b""
        while received.count(b"HTTP/1.1 400") < 3:
            received += connection.recv(65536)
        connection.sendall(last[40:])
        received += b"".join(iter(lambda: connection.recv(65536), b""))

    assert [int(part[:3]) for part in received.split(b"HTTP/1.1 ")[1:]] == [400, 400, 400, 200]


def test_connection_close_is_answered_with_connection_close(server):
    reply = exchange(server.port, signed(server, "GET", "/v2/zone", [("Connection", "close")]))

    assert reply.headers["connection"] == "close"


def test_an_absolute_target_is_taken_as_a_proxy_would(server):
    request = signed(server, "GET", "/v2/zone", []).replace(b"GET /v2", b"GET http://bcc.bj.baidubce.com/v2", 1)

    assert exchange(server.port, request).status == 200


def test_a_very_long_access_key_opens_no_account(server):
    reply = exchange(server.port, signed(server, "GET", "/v2/zone", [], key="test-" + "x" * 1_000))

    assert refusal(reply) == (403, "InvalidAccessKeyId")


def test_everything_is_as_it_was_before(server):
    zones = exchange(server.port, signed(server, "GET", "/v2/zone", [])).json()

    assert len(zones["zones"]) == 5
