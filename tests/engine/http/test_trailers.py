"""What comes behind a chunked body: never a header, however it arrives, and no longer than a head may be."""

from __future__ import annotations

import socket

import pytest

from bce_emulator.engine.http.protocol import MAX_HEAD_BYTES
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.engine.http.test_arrival import signed
from tests.raw import exchange, read_reply, request_bytes

CHUNKED = ("Transfer-Encoding", "chunked")
BODY = b'{"name": "a"}'
BEGUN = b"%x\r\n%b\r\n0\r\n" % (len(BODY), BODY)
WAYS = {"at once": lambda data: [data], "in two": lambda data: [data[:-9], data[-9:]],
        "byte by byte": lambda data: [data[:-60], *(data[-60:][at : at + 1] for at in range(60))]}  # fmt: skip
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))


@pytest.fixture(scope="module")
def server():
    with Server(wall=lambda: NOW) as server:
        yield server


def create(server: Server, trailers: bytes, without: bytes = b"") -> bytes:
    """A creation with trailers; a header that it is ``without`` comes as one of them."""
    request = signed(server, "POST", "/v2/keypair", [CHUNKED], BEGUN)
    if without:
        line = next(line for line in request.split(b"\r\n") if line.startswith(without))
        request, trailers = request.replace(line + b"\r\n", b"", 1), line + b"\r\n" + trailers
    return request + trailers + b"\r\n"


def status(server: Server, *pieces: bytes) -> int:
    """What is answered to a request whose pieces are read one after the other."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            connection.sendall(piece)
            exchange(server.port, signed(server, "GET", "/v2/zone", []))
        reply = read_reply(connection)
    assert reply is not None
    return reply.status


@every_way
@pytest.mark.parametrize("name", [b"Authorization", b"Host", b"x-bce-date"])
def test_a_header_that_stands_in_a_trailer_is_not_there(server, way, name):
    assert status(server, *way(create(server, b"", without=name))) in {400, 403}


@every_way
@pytest.mark.parametrize("name", [b"Authorization", b"Host", b"Origin", b"Upgrade"])
def test_a_trailer_changes_nothing(server, way, name):
    server.emulator.reset("test")

    assert status(server, *way(create(server, name + b": evil.example\r\n"))) == 200


@every_way
@pytest.mark.parametrize("name", [b"Connection", b"Proxy-Connection"])
def test_a_trailer_that_would_end_the_connection_is_refused(server, way, name):
    assert status(server, *way(create(server, name + b": close\r\n"))) == 400


@every_way
def test_an_origin_in_a_trailer_drives_nothing_away_and_a_token_lets_nobody_in(way):
    with Server(wall=lambda: NOW, admin_token="the-token") as server:
        head = request_bytes("POST", "/_emulator/reset", [("Host", "localhost"), CHUNKED])
        held = request_bytes("POST", "/_emulator/reset", [("Host", "localhost"), CHUNKED,
                                                          ("Authorization", "Bearer the-token")])  # fmt: skip

        assert status(server, *way(head + b"0\r\nAuthorization: Bearer the-token\r\n\r\n")) == 401
        assert status(server, *way(held + b"0\r\nOrigin: http://evil.example\r\n\r\n")) == 200


@pytest.mark.parametrize("name", [b"Authorization", b"x-bce-meta-a"])
def test_the_last_trailer_is_no_header_of_the_next_request(server, name):
    server.emulator.reset("test")
    unsigned = request_bytes("GET", "/v2/zone", [("Host", "x")])
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(create(server, name + b": bce-auth-v1/test/x/1/host/y\r\n"))
        assert read_reply(connection).status == 200
        connection.sendall(unsigned)
        assert read_reply(connection).status == 403

    entry = next(entry for entry in reversed(list(server.emulator.journal.of(None))) if entry.operation == "ListZones")
    assert [header for header, _ in entry.request.raw_headers] == [b"host"]


@every_way
@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("shape", ["one line", "many lines"])
@pytest.mark.parametrize("target", ["/v2/keypair", "/_emulator/reset"])
def test_trailers_of_the_longest_allowed_are_read_and_one_byte_more_is_not(server, way, more, shape, target):
    server.emulator.reset("test")
    lines = b"a: b\r\n" * (0 if shape == "one line" else 5_000)
    rest = MAX_HEAD_BYTES - len(lines) - len(b"x: \r\n\r\n") + more
    body = BEGUN if target == "/v2/keypair" else b"0\r\n"
    request = signed(server, "POST", target, [CHUNKED], body) + lines + b"x: " + b"y" * rest + b"\r\n\r\n"

    assert status(server, *way(request)) == (400 if more else 200)


def test_trailers_that_do_not_end_are_refused_and_so_is_the_line_of_a_chunk(server):
    for endless in (b"2\r\n{}\r\n0\r\nx: ", b"2\r\n{}\r\n0\r\n" + b"a: b\r\n" * 9_000, b"2;x="):
        request = signed(server, "POST", "/v2/keypair", [CHUNKED], endless)

        assert status(server, request + b"y" * MAX_HEAD_BYTES, b"y" * MAX_HEAD_BYTES) == 400
