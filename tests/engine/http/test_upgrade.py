"""A client that wishes for another protocol, as java.net.http does for HTTP/2 with every request, is answered in HTTP/1.1."""

from __future__ import annotations

import json
import socket
import time

import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.testing import Emulator
from tests.cloud import LINUX, SPEC

WISH = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"
BODY = json.dumps({"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}).encode()


@pytest.fixture(scope="module")
def cloud():
    with Emulator() as cloud:
        yield cloud


def head(cloud, method: str, path: str, length: int) -> bytes:
    host, date = cloud.endpoint.removeprefix("http://"), iso(time.time())
    string = authorize(method, host, path, "", date, *cloud.credentials)
    signed = f"x-bce-date: {date}\r\nAuthorization: {string}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{WISH}{signed}Content-Length: {length}\r\n\r\n".encode()


def exchange(cloud, *packets: bytes, responses: int = 1) -> list[tuple[int, dict]]:
    """Send packets on one connection, and read so many answers."""
    host, port = cloud.endpoint.removeprefix("http://").split(":")
    found = []
    with socket.create_connection((host, int(port)), timeout=10) as client, client.makefile("rb") as stream:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for packet in packets:
            client.sendall(packet)
            for _ in range(2):  # the server has read the packet before it answers the second of these
                cloud.control("GET", "live")
        for _ in range(responses):
            status = int(stream.readline().split()[1])
            headers = dict(line.decode().lower().strip().split(": ", 1) for line in iter(stream.readline, b"\r\n"))
            found.append((status, json.loads(stream.read(int(headers["content-length"])))))
    return found


def test_a_body_in_the_same_packet_is_read(cloud):
    ((status, body),) = exchange(cloud, head(cloud, "POST", "/v2/instanceBySpec", len(BODY)) + BODY)

    assert (status, len(body["instanceIds"])) == (200, 1)


def test_a_body_in_packets_of_its_own_is_read(cloud):
    whole = head(cloud, "POST", "/v2/instanceBySpec", len(BODY)) + BODY

    for cut in (20, len(whole) - len(BODY), len(whole) - 10):
        ((status, _),) = exchange(cloud, whole[:cut], whole[cut:])
        assert status == 200


def test_a_request_without_a_body_is_answered_and_the_next_one_too(cloud):
    get = head(cloud, "GET", "/v2/zone", 0)

    responses = exchange(cloud, get, get.replace(WISH.encode(), b""), get + get, responses=4)

    assert [status for status, _ in responses] == [200] * 4


def test_a_control_call_is_read_whole(cloud):
    body = b'{"frozen": true}'
    put = head(cloud, "PUT", "/_emulator/clock", len(body)).replace(
        b"x-bce-date", b"Content-Type: application/json\r\nx-bce-date", 1
    )

    ((status, response),) = exchange(cloud, put + body)

    assert (status, response["frozen"]) == (200, True)
