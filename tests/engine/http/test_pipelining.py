"""Requests behind each other on one connection: every answer leaves, in order, also before a refusal of what comes behind."""

from __future__ import annotations

import json
import re
import socket

import pytest

from bce_emulator.engine.http import protocol
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.engine.http.test_arrival import create, created, signed
from tests.raw import exchange, request_bytes

EXPLAINED = re.compile(rb"x-bce-emulator-explain: (.*)\r\n")
CHUNKED = [("Transfer-Encoding", "chunked")]
WISH = [("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAEAAEAAAAIAAAAA")]
LONG = b"x" * 70_000
REFUSED = {
    "no request": b"\x00\x01\x02\r\n\r\n",
    "bad header": b"GET /v2/zone HTTP/1.1\r\nbad header\r\n\r\n",
    "bad number": b"GET /v2/zone HTTP/9.9\r\n\r\n",
    "bad target": b"GET /v2/\xe6\xb5\x8b HTTP/1.1\r\nHost: x\r\n\r\n",
    "bad chunk": b"POST /v2/keypair HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "long header": b"GET /v2/zone HTTP/1.1\r\nx-long: " + LONG + b"\r\n\r\n",
    "long target": b"GET /" + LONG + b" HTTP/1.1\r\n\r\n",
    "many headers": b"GET /v2/zone HTTP/1.1\r\n" + b"".join(b"x-%d: y\r\n" % n for n in range(9_000)) + b"\r\n",
    "tunnel": b"CONNECT bcc.bj.baidubce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "tunnel to a URL": b"CONNECT http://bcc.bj.baidubce.com/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "tunnel with a wish": b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
}
every_refusal = pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))


@pytest.fixture
def server():
    with Server(wall=lambda: NOW) as server:
        yield server


def chunked(server: Server, name: str) -> bytes:
    """A creation that waits for its turn on the loop, since the parser does not answer it."""
    body = b'{"name": "%b"}' % name.encode()
    return signed(server, "POST", "/v2/keypair", CHUNKED, b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))


def responses(server: Server, *pieces: bytes) -> list[tuple[int, bytes]]:
    """Status and rest of all that is answered until the server closes; each piece is read before the next is sent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
            exchange(server.port, signed(server, "GET", "/v2/zone", []))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    found = []
    while received:
        head, _, rest = received.partition(b"\r\n\r\n")
        length = int(re.search(rb"content-length: (\d+)", head)[1])
        found.append((int(head.split()[1]), head + rest[:length]))
        received = rest[length:]
    return found


@pytest.mark.sweep(4)
@every_refusal
def test_what_is_done_is_answered_before_what_comes_behind_is_refused(server, refused):
    for ways in ([create], [chunked], [chunked, create], [create, chunked], [chunked, chunked, chunked]):
        before = len(created(server))
        sent = b"".join(way(server, f"k{before + number}") for number, way in enumerate(ways))

        found = responses(server, sent + refused)

        assert [status for status, _ in found] == [200] * len(ways) + [400]
        assert b'"InvalidHTTPRequest"' in found[-1][1]
        assert len(created(server)) == before + len(ways)


@every_refusal
def test_a_refusal_does_not_depend_on_how_the_bytes_arrive(server, refused):
    half = len(refused) // 2
    whole, pieces = responses(server, refused), responses(server, refused[:half], refused[half:])

    assert [status for status, _ in whole] == [status for status, _ in pieces] == [400]
    assert [EXPLAINED.search(response)[1] for _, response in whole] == [
        EXPLAINED.search(response)[1] for _, response in pieces
    ]


def test_what_comes_behind_a_refusal_is_not_done(server):
    found = responses(server, chunked(server, "a") + REFUSED["bad header"] + create(server, "b"), create(server, "c"))

    assert [status for status, _ in found] == [200, 400]
    assert len(created(server)) == 1


def test_a_head_that_does_not_end_is_refused_after_what_was_asked_before(server, monkeypatch):
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.05)

    found = responses(server, chunked(server, "a") + b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n")

    assert [status for status, _ in found] == [200, 400]


def test_a_head_of_the_longest_allowed_is_read_and_one_byte_more_is_not(server):
    def padded(more: int) -> bytes:
        bare = signed(server, "GET", "/v2/zone", [("Connection", "close"), ("x-pad", "")])
        pad = "x" * (protocol.MAX_HEAD_BYTES - len(bare) + more)
        return signed(server, "GET", "/v2/zone", [("Connection", "close"), ("x-pad", pad)])

    assert len(padded(0)) == protocol.MAX_HEAD_BYTES
    for pieces, status in (((padded(0),), 200), ((padded(1),), 400), ((padded(1)[:9], padded(1)[9:]), 400)):
        assert [found for found, _ in responses(server, *pieces)] == [status]


def test_a_thousand_wishes_for_another_protocol_at_once_are_answered(server):
    wish = signed(server, "GET", "/v2/zone", WISH)

    found = responses(server, 1_000 * wish + signed(server, "GET", "/v2/zone", [("Connection", "close")]))

    assert [status for status, _ in found] == [200] * 1_001


@pytest.mark.parametrize("fault", [{"disconnect": True}, {"truncateBytes": 3}])
def test_a_connection_that_ends_with_requests_waiting_leaves_nothing_running(server, fault):
    plan = json.dumps({"operation": "CreateKeypair", **fault}).encode()
    headers = [("Host", "localhost"), ("Content-Type", "application/json"), ("Content-Length", str(len(plan)))]
    assert exchange(server.port, request_bytes("POST", "/_emulator/faults", headers, plan)).status == 200

    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(create(server) + create(server, "b") + chunked(server, "c"))
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.count(b"HTTP/1.1") == len(fault.keys() & {"truncateBytes"})
    assert eventually(lambda: not server._server.server_state.tasks)
