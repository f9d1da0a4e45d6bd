"""What only a server process shows: lost connections, cut answers, and a stop while a request waits."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.request

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import DEFAULT_SECRET_KEY
from tests.control.conftest import eventually
from tests.process import serving
from tests.raw import exchange, read_reply, request_bytes


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def plan(server, **fault) -> None:
    request = urllib.request.Request(
        f"{server.endpoint}/_emulator/faults", json.dumps(fault).encode(), {"content-type": "application/json"}
    )
    urllib.request.urlopen(request).close()


def planned(server) -> list:
    with urllib.request.urlopen(f"{server.endpoint}/_emulator/faults") as response:
        return json.load(response)["faults"]


def signed(server, method: str = "GET", target: str = "/v2/zone", body: bytes = b"") -> bytes:
    host, date = f"127.0.0.1:{server.port}", iso(time.time())
    string = authorize(method, host, target, "", date, "test", DEFAULT_SECRET_KEY)
    headers = [("Host", host), ("x-bce-date", date), ("Authorization", string)]
    if body:
        headers.append(("Content-Length", str(len(body))))
    return request_bytes(method, target, headers, body)


BODY = {"method": "POST", "target": "/v2/instanceBySpec", "body": b'{"spec": "bcc.g5.c2m8"}'}


@pytest.mark.parametrize(("operation", "request_"), [("ListZones", {}), ("CreateInstanceBySpec", BODY)])
@pytest.mark.parametrize("when", ["before", "after"])
def test_the_connection_closes_without_an_answer_once(server, operation, request_, when):
    plan(server, operation=operation, disconnect=when)

    assert exchange(server.port, signed(server, **request_)) is None
    assert exchange(server.port, signed(server, **request_)) is not None


def test_a_cut_answer_announces_the_whole(server):
    whole = exchange(server.port, signed(server))
    plan(server, operation="ListZones", truncateBytes=10)

    cut = exchange(server.port, signed(server))

    assert cut.headers["content-length"] == whole.headers["content-length"]
    assert cut.body == whole.body[:10]


def test_requests_of_one_connection_are_answered_in_order_past_a_delay(server):
    plan(server, operation="ListZones", delaySeconds=0.2)

    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(signed(server) + signed(server, target="/v2/instance"))
        received = b""
        while b'"instances"' not in received:
            received += connection.recv(65_536)

    assert received.index(b'"zones"') < received.index(b'"instances"')


@pytest.mark.slow
def test_a_lost_connection_leaves_the_log_empty_and_a_waiting_request_does_not_hold_the_stop_up():
    with serving() as server:
        plan(server, operation="ListZones", disconnect=True)
        assert exchange(server.port, signed(server)) is None
        plan(server, operation="ListZones", delaySeconds=60)
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(signed(server))
            assert eventually(lambda: not planned(server))
            server.process.send_signal(signal.SIGTERM)

            assert server.process.wait(30) == 0
            assert read_reply(connection) is None
        assert "Traceback" not in server.process.stderr.read()
