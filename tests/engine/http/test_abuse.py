"""What only who means harm sends, on raw sockets: never a 5xx, a hang, a leak, or an answer that is not JSON.

``ABUSERS=5000 pytest tests/engine/http/test_abuse.py`` has more of them, each from a seed.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.engine.http.test_any_arrival import MALFORMED, signed, some_request
from tests.process import Running, serving
from tests.raw import exchange, shut

ABUSERS = int(os.environ.get("ABUSERS", "150"))
LIVE = b"GET /_emulator/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
HIDDEN = b"GET /v2/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /v2/keypair HTTP/1.1\r\nHost: x\r\n"
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(wall=lambda: NOW, seed="example", pace="instant", max_body_bytes=20_000) as server:
        yield server


def check(received: bytes, whole: bool) -> None:
    """Answers in a row, each of them JSON and no internal error; the last may have been cut if not ``whole``."""
    while received:
        head, end, rest = received.partition(b"\r\n\r\n")
        if head.startswith(b"HTTP/1.1 100 "):
            received = rest
            continue
        length = int(re.search(rb"content-length: (\d+)", head)[1]) if end else 0
        if not whole and (not end or len(rest) < length):
            return
        assert re.match(rb"HTTP/1\.1 [2-4]\d\d ", head) or b"NotImplemented" in rest[:length], received[:1_000]
        if not (b" 405 " in head[:20] and not rest[:length].startswith(b"{")):  # the answer to HEAD has no body
            json.loads(rest[:length])
            received = rest[length:]
        else:
            received = rest


def abuse(server: Server, chance: random.Random) -> None:
    """One connection: requests, good and bad, torn, dripping, half closed, not read, or left in the middle."""
    data = b"".join(some_request(chance) for _ in range(chance.choice([1, 2, 5, 40])))
    if chance.random() < 0.3:
        at = chance.randrange(len(data))
        data = (
            data[:at]
            + bytes(chance.randrange(256) for _ in range(chance.randrange(6)))
            + data[at + chance.randrange(3) :]
        )
    how = chance.choice(["at once", "torn", "dripping", "half closed", "left", "not read"])
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection, suppress(ConnectionError):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pieces = [data]
        if how == "torn":
            cuts = sorted(chance.sample(range(len(data)), min(len(data), 9)))
            pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
        elif how == "dripping":
            pieces = [data[at : at + 1] for at in range(min(len(data), 400))] + [data[400:]]
        for piece in pieces:
            connection.sendall(piece)
        if how == "left":
            return
        if how == "not read":
            shut(connection, socket.SHUT_RD)
            return
        if how != "half closed":
            connection.sendall(signed("GET", "/v2/spec", [("Connection", "close")]))
        shut(connection, socket.SHUT_WR)
        check(b"".join(iter(lambda: connection.recv(65536), b"")), whole=False)


def test_abusers_are_answered_in_json_or_not_at_all_and_leave_nothing_behind(server, caplog):
    for seed in range(ABUSERS):
        abuse(server, random.Random(seed))
        if seed % 10 == 0:
            assert exchange(server.port, LIVE).json() == {"live": True}, seed

    state = server._server.server_state
    assert eventually(lambda: not state.connections and not state.tasks)
    assert [record.getMessage() for record in caplog.records if record.levelname not in {"WARNING", "INFO"}] == []


SMUGGLING = {
    "length and chunks": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": POST
    + b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n0\r\n\r\n" % (5 + len(HIDDEN)),
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN),
    "a list of lengths": POST + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN),
    "a signed length": POST + b"Content-Length: +%d\r\n\r\n" % len(HIDDEN),
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "a hexadecimal length": POST + b"Content-Length: 0x10\r\n\r\n",
    "a length that overflows": POST + b"Content-Length: 18446744073709551616\r\n\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunked twice": POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a control character": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a folded header": POST + b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "a bare line feed": POST + b"X: a\nContent-Length: %d\r\n\r\n" % len(HIDDEN),
    "a bare carriage return": POST + b"X: a\rContent-Length: %d\r\n\r\n" % len(HIDDEN),
    "a zero byte": POST + b"X: a\x00b\r\n\r\n",
    "a size that overflows": POST + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n",
    "a size with a prefix": POST + b"Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
    "a signed size": POST + b"Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n",
    "a chunk without its end": POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n",
    "a chunk that ends in a line feed": POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n",
    "a size that ends in a line feed": POST + b"Transfer-Encoding: chunked\r\n\r\n0\n\n",
    "a length in a trailer": POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN),
}
"""Heads that another server might read otherwise; behind each comes a request that may be hidden in it."""


@pytest.mark.parametrize("shape", SMUGGLING.values(), ids=list(SMUGGLING))
def test_what_two_servers_could_read_in_two_ways_is_refused_and_nothing_behind_it_is_done(server, shape):
    for account in ("test", ""):
        server.emulator.journal.reset(account)
    for pieces in ([shape + HIDDEN], [shape, HIDDEN], [shape[:-3], shape[-3:] + HIDDEN]):
        reply = exchange(server.port, pieces)
        assert (reply.status, reply.json()["code"], reply.headers["connection"]) == (400, "InvalidHTTPRequest", "close")

    assert [entry.request.raw_path for entry in server.emulator.journal.of(None)] == []


def test_every_malformed_start_is_refused_wherever_it_is_torn(server):
    for data in MALFORMED[:3]:
        for cut in range(1, len(data)):
            assert exchange(server.port, [data[:cut], data[cut:]]).status == 400


FLOODS: dict[str, tuple[bytes, bytes]] = {
    "a head of one line": (b"GET /v2/zone HTTP/1.1\r\nx: ", b"y" * MEBIBYTE),
    "a head of many lines": (b"GET /v2/zone HTTP/1.1\r\n", b"x: y\r\n" * 100_000),
    "a target": (b"GET /", b"x" * MEBIBYTE),
    "empty lines": (b"", b"\r\n" * 500_000),
    "a trailer": (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nx: ", b"y" * MEBIBYTE),
    "many trailers": (POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n" * 100_000),
    "a chunk's extension": (POST + b"Transfer-Encoding: chunked\r\n\r\n2;", b"y" * MEBIBYTE),
    "small chunks": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n" * 100_000),
    "a body": (POST + b"Content-Length: 999999999999\r\n\r\n", b"y" * MEBIBYTE),
    "a body of a refused control call": (
        b"PUT /_emulator/state HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 999999999999\r\n\r\n", b"y" * MEBIBYTE
    ),
    "a body of a control call that has none": (
        b"GET /_emulator/journal/stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n", b"y" * MEBIBYTE
    ),
    "garbage": (b"\x00\x01", bytes(range(256)) * 4_096),
    "requests whose answers nobody reads": (b"", b"GET /v2/zone HTTP/1.1\r\nHost: x\r\n\r\n" * 20_000),
    "control calls whose answers nobody reads": (b"", LIVE * 20_000),
    "wishes": (b"", b"GET /v2/zone HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" * 10_000),
}  # fmt: skip
FLOOD_BYTES, FLOOD_SECONDS = 24 * MEBIBYTE, 1
ROOM = 12 * MEBIBYTE
"""What one flood may take: what is read of a connection, a longest body, and a filled journal, with a wide margin."""


def flood(server: Running, first: bytes, more: bytes) -> None:
    """Send so much, or as much as the server takes of it in a second."""
    left, end = FLOOD_BYTES, time.monotonic() + FLOOD_SECONDS
    with socket.create_connection(("127.0.0.1", server.port), timeout=FLOOD_SECONDS) as connection, suppress(OSError):
        connection.sendall(first)
        while left > 0 and time.monotonic() < end:
            connection.sendall(more)
            left -= len(more)


def peak(server: Running) -> int:
    """The most memory that the process ever had."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_no_flood_takes_more_memory_than_is_allowed_to_one_connection():
    with serving("--log-requests", "off") as server:
        for first_use in (LIVE, LIVE.replace(b"live", b"state"), LIVE.replace(b"/_emulator/live", b"/v2/zone")):
            exchange(server.port, first_use)  # what is imported then is no flood's
        flood(server, *FLOODS["garbage"])
        before, taken = peak(server), {}
        for name, (first, more) in FLOODS.items():
            flood(server, first, more)
            assert exchange(server.port, LIVE).json() == {"live": True}, name
            taken[name], before = peak(server) - before, peak(server)

    assert {name: size // MEBIBYTE for name, size in taken.items() if size > ROOM} == {}
    assert server.process.returncode == 0
    assert "Traceback" not in server.log


def all_at_once(act: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit of a running process is set by Linux only")
def test_more_connections_than_files_can_be_open_lock_nobody_out():
    import resource

    def connect_and_say_nothing() -> None:
        for _ in range(40):
            with suppress(OSError):
                held.append(socket.create_connection(("127.0.0.1", server.port), timeout=5))

    held: list[socket.socket] = []
    with serving("--max-connections", "24") as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (64, 64))
        all_at_once(connect_and_say_nothing, 4)
        assert exchange(server.port, LIVE).json() == {"live": True}
        for each in held:
            each.close()

    assert "there are 24 connections, and no room for more" in server.log
    assert "Traceback" not in server.log
