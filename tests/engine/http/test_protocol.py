"""One connection among others: it is served some requests at a time, and not for ever when it is silent or does not read."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bce_emulator.engine.http import protocol, unread
from bce_emulator.engine.http import request as engine_http
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.engine.http.test_arrival import create, signed
from tests.raw import exchange, read_reply, request_bytes

CHUNK = b"2\r\n{}\r\n0\r\n\r\n"
TRAIN = 300
LIVE = request_bytes("GET", "/_emulator/live", [("Host", "localhost")])
HALF = b'{"frozen":'


@pytest.fixture
def server():
    with Server(wall=lambda: NOW) as server:
        yield server


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def state(server: Server):
    return server._server.server_state


@contextmanager
def busy(server: Server) -> Iterator[None]:
    """The event loop does nothing inside the block, so that all that is sent there waits together."""
    entered, go_on = threading.Event(), threading.Event()
    with connect(server) as connection:
        connection.sendall(LIVE)
        assert read_reply(connection).status == 200
        loop = next(iter(state(server).connections)).loop
        loop.call_soon_threadsafe(lambda: (entered.set(), go_on.wait(10)))
        assert entered.wait(10)
        try:
            yield
        finally:
            go_on.set()
            connection.sendall(LIVE)
            assert read_reply(connection).status == 200


def all_of(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("kind", ["plain", "chunked", "tiny"])
def test_requests_in_a_row_are_answered_some_at_a_time_and_those_of_others_in_between(server, kind):
    one = {
        "plain": signed(server, "GET", "/v2/zone", []),
        "chunked": signed(server, "POST", "/v2/keypair", [("Transfer-Encoding", "chunked")], CHUNK),
        "tiny": b"GET /v2/t HTTP/1.1\r\n\r\n",
    }[kind]
    last = signed(server, "GET", "/v2/zone", [("Connection", "close")])
    with connect(server) as many, connect(server) as other:
        for connection in (many, other):
            connection.sendall(signed(server, "GET", "/v2/zone", []))
            assert read_reply(connection).status == 200
        with busy(server):
            many.sendall(TRAIN * one + last)
            other.sendall(signed(server, "GET", "/v2/image", [("Connection", "close")]))
        received = all_of(many)
        assert b"HTTP/1.1 200" in all_of(other)

    operations = [entry.operation for entry in server.emulator.journal.of(None)][2:]
    assert received.count(b"HTTP/1.1 ") == TRAIN + 1 == len(operations) - 1
    assert operations.index("ListImages") <= 4 * protocol.AT_ONCE


def test_a_body_of_many_slices_is_read_whole_though_others_are_served_in_between(server):
    body = b'{"name": "a"}' + b" " * 300_000
    request = signed(server, "POST", "/v2/keypair", [("Content-Length", str(len(body)))], body)
    last = signed(server, "GET", "/v2/zone", [("Connection", "close")])
    with connect(server) as connection:
        connection.sendall(request + request.replace(b'"a"', b'"b"') + last)
        received = all_of(connection)

    assert [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", received)] == [200, 200, 200]


def test_who_does_not_read_is_not_read_either(server):
    one = signed(server, "GET", "/v2/image", [])
    with connect(server) as connection:
        connection.setblocking(False)
        sent = 0
        try:
            while sent < 64 * 1024 * 1024:
                sent += connection.send(1_000 * one)
        except BlockingIOError:
            pass
        assert eventually(lambda: any(each.flow.write_paused for each in state(server).connections))
        [held] = [each for each in state(server).connections if each.flow.write_paused]
        exchange(server.port, LIVE)

        assert held.flow.read_paused
        assert len(held.backlog) <= 512 * 1024
        assert len(held.pipeline) <= protocol.SLICE // 18


def test_who_never_reads_is_disconnected(server, monkeypatch):
    monkeypatch.setattr(unread, "UNREAD_SECONDS", 0.05)
    with connect(server) as connection:
        connection.sendall(4_000 * signed(server, "GET", "/v2/image", []))

        assert eventually(lambda: not state(server).connections)


@pytest.mark.parametrize("how", ["at once", "by a task"])
def test_how_long_an_answer_is_that_may_wait_for_its_client_is_known(server, how):
    asked = (
        signed(server, "GET", "/v2/image", [])
        if how == "at once"
        else request_bytes("GET", "/_emulator/openapi.json", [("Host", "localhost")])
    )
    with connect(server) as connection:
        connection.sendall(asked)
        body = read_reply(connection).body
        [protocol] = state(server).connections

        assert len(body) <= protocol.unread.written < len(body) + 1_000


@pytest.mark.slow
def test_who_reads_slowly_is_answered(server, monkeypatch):
    monkeypatch.setattr(unread, "UNREAD_SECONDS", 0.05)
    last = signed(server, "GET", "/v2/zone", [("Connection", "close")])
    with connect(server) as connection:
        sender = threading.Thread(
            target=connection.sendall, args=(4_000 * signed(server, "GET", "/v2/image", []) + last,)
        )
        sender.start()
        received = all_of(connection)
        sender.join()

    assert received.count(b"HTTP/1.1 200 ") == 4_001


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n"])
def test_who_never_begins_a_request_is_disconnected(server, monkeypatch, sent):
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.05)
    with connect(server) as connection:
        connection.sendall(sent)

        assert connection.recv(1) == b""


def test_a_control_call_whose_body_does_not_come_is_refused(server, monkeypatch):
    monkeypatch.setattr(engine_http, "BODY_SECONDS", 0.05)
    begun = request_bytes("PUT", "/_emulator/clock", [("Host", "localhost"), ("Content-Length", "100")], HALF)

    reply = exchange(server.port, begun)

    assert (reply.status, reply.json()) == (408, {"error": "the body did not arrive within 0.05 seconds"})


@pytest.mark.parametrize("target", ["/_emulator/clock", "/v2/keypair"])
def test_a_body_that_nobody_waits_for_does_not_come_for_ever(monkeypatch, target):
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.05)
    host = ("Host", "evil.example")
    with Server(wall=lambda: NOW, max_body_bytes=10) as server, connect(server) as connection:
        connection.sendall(request_bytes("PUT", target, [host, ("Content-Length", "1000000")], HALF * 2))

        received = all_of(connection)

    assert re.findall(rb"HTTP/1\.1 (\d+)", received) == [b"403" if "_emulator" in target else b"400"]


@pytest.mark.parametrize("broken", [b"zz\r\n", b"2\r\n{}\r\nzz\r\n", b"2\r\n{}0\r\n\r\n"])
def test_a_control_call_whose_chunks_are_malformed_does_nothing(server, caplog, broken):
    zone = signed(server, "GET", "/v2/zone", [])
    assert exchange(server.port, zone).status == 200
    begun = request_bytes("POST", "/_emulator/reset", [("Host", "localhost"), ("Transfer-Encoding", "chunked")])

    for pieces in ([begun + broken], [begun, broken]):
        reply = exchange(server.port, pieces)
        assert (reply.status, reply.json()["code"]) == (400, "InvalidHTTPRequest")

    assert eventually(lambda: not state(server).tasks)
    assert [entry.operation for entry in server.emulator.journal.of("test")] == ["ListZones"]
    assert [record for record in caplog.records if record.levelname != "WARNING"] == []


def test_a_creation_behind_a_delayed_one_waits_though_its_body_came_long_ago(server, monkeypatch):
    monkeypatch.setattr(engine_http, "BODY_SECONDS", 0.4)
    plan = b'{"operation": "CreateKeypair", "delaySeconds": 0.6}'
    headers = [("Host", "localhost"), ("Content-Length", str(len(plan)))]
    assert exchange(server.port, request_bytes("POST", "/_emulator/faults", headers, plan)).status == 200
    with connect(server) as connection:
        last = signed(server, "GET", "/v2/zone", [("Connection", "close")])
        connection.sendall(create(server) + create(server, "b", pad=100_000) + last)

        assert re.findall(rb"HTTP/1\.1 (\d+)", all_of(connection)) == [b"200"] * 3
