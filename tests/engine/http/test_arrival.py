"""However the bytes of a request arrive, it is answered once, with the body that its head announces."""

from __future__ import annotations

import json
import re
import socket

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.raw import exchange, request_bytes

TARGET = "/v2/keypair"
LIMIT = 400


@pytest.fixture
def server():
    with Server(wall=lambda: NOW, max_body_bytes=LIMIT) as server:
        yield server


@pytest.fixture
def slow_ways(monkeypatch) -> list[str]:
    """The requests that went the way of ASGI."""
    seen = []
    ordinary = Dispatcher.__call__

    async def noted(self, scope, receive, send):
        seen.append(scope["raw_path"].decode())
        await ordinary(self, scope, receive, send)

    monkeypatch.setattr(Dispatcher, "__call__", noted)
    return seen


def signed(
    server: Server, method: str, target: str, extra: list[tuple[str, str]], body: bytes = b"", access_key: str = "test"
) -> bytes:
    host, date = f"127.0.0.1:{server.port}", iso(NOW)
    authorization = authorize(method, host, target, "", date, access_key, DEFAULT_SECRET_KEY)
    headers = [("Host", host), ("x-bce-date", date), ("Authorization", authorization), *extra]
    return request_bytes(method, target, headers, body)


def create(server: Server, name: str = "a", length: int | None = None, pad: int = 0) -> bytes:
    """A request that creates a key pair; in its body stands what ends a head."""
    body = b'{"name": "%b",\r\n\r\n"description": ""}' % name.encode() + b" " * pad
    return signed(server, "POST", TARGET, [("Content-Length", str(len(body) if length is None else length))], body)


def head_bytes(request: bytes) -> int:
    return request.index(b"\r\n\r\n") + 4


def ask(server: Server, *pieces: bytes) -> list[int]:
    """The statuses of all answers; each piece has been read before the next one is sent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            exchange(server.port, signed(server, "GET", "/v2/zone", []))
        connection.sendall(signed(server, "GET", "/v2/spec", [("Connection", "close")]))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    *statuses, last = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", received)]
    assert last == 404
    return statuses


def created(server: Server) -> list[bytes]:
    """The bodies of the requests that created something, as the journal has them."""
    entries = (entry for entry in server.emulator.journal.of("test") if entry.operation == "CreateKeypair")
    return [entry.request.body for entry in entries if entry.status == 200]


def test_a_request_that_arrives_whole_is_answered_at_once(server, slow_ways, monkeypatch):
    monkeypatch.setattr(OPERATIONS["bcc.CreateKeypair"], "prepare", None)
    request = create(server)

    assert ask(server, request, create(server, "b")) == [200, 200]
    assert slow_ways == ["/v2/spec"]
    assert created(server)[0] == request[head_bytes(request) :]


def test_a_request_in_pieces_is_answered_when_it_is_whole(server, slow_ways):
    request = create(server)
    end = head_bytes(request)
    cuts = [10, end - 2, end, end + 5, len(request) - 1]

    for number, cut in enumerate(cuts):
        request = create(server, "abcde"[number])
        assert ask(server, request[:cut], request[cut:]) == [200]

    assert slow_ways.count(TARGET) == len(cuts)
    assert [json.loads(body)["name"] for body in created(server)] == list("abcde")


def test_requests_that_arrive_together_are_answered_in_order(server):
    assert ask(server, create(server) + create(server, "b") + create(server, "c")) == [200, 200, 200]
    assert [json.loads(body)["name"] for body in created(server)] == ["a", "b", "c"]


def test_empty_lines_before_a_request_do_not_make_its_head_a_body(server):
    all_of_it = len(create(server, length=100))
    request = create(server, length=all_of_it)
    body = request[head_bytes(request) :]
    rest = b" " * (all_of_it - len(body))

    assert ask(server, b"\r\n\r\n" + request, rest) == [200]
    assert created(server) == [body + rest]


def test_a_chunked_body_that_arrives_whole_is_read(server):
    body = b'{"name": "a"}'
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)

    assert ask(server, signed(server, "POST", TARGET, [("Transfer-Encoding", "chunked")], chunks)) == [200]
    assert created(server) == [body]


@pytest.mark.parametrize("more", [0, 1])
def test_a_body_that_arrives_whole_is_no_longer_than_allowed(server, more):
    request = create(server)
    pad = LIMIT - (len(request) - head_bytes(request)) + more

    assert ask(server, create(server, pad=pad)) == [400 if more else 200]
    assert len(created(server)) == 1 - more
