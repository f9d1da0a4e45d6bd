"""What a request or a connection leaves behind is free at once.

Old objects are hardly ever looked at by the collector of garbage, as that takes long, so whatever waits for it stays.
"""

from __future__ import annotations

import gc
import json
import re
import socket
import ssl
from asyncio import Transport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from weakref import ref

import pytest

from bce_emulator import certificates
from bce_emulator.cli.sign import authorize
from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.http.protocol import Protocol
from bce_emulator.settings import Settings
from bce_emulator.testing import Server
from tests.cloud import LINUX, NOW, SPEC, Cloud
from tests.control.conftest import eventually
from tests.raw import read_reply, request_bytes

NOTHING, NO_JSON, STRANGE = b"", b"{nonsense", b'{"instanceIds": ["i-nobody00"], "name": 1}'


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def left_by(do: Callable[[], object]) -> list[str]:
    """What of the objects that were made meanwhile waits for the collector."""
    gc.collect(0)
    do()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect(0)
        return sorted({type(each).__qualname__ for each in gc.garbage})
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


def test_what_leads_in_a_circle_is_seen(no_collector):
    def circle() -> None:
        found: list[object] = []
        found.append(found)

    assert left_by(circle) == ["list"]
    assert left_by(lambda: [[]]) == []


def answer_and_rest(cloud: Cloud, method: str, target: str, content: bytes = NOTHING) -> tuple[int, list[str]]:
    """The status of an answer, and what waits for the collector of the second such request."""
    statuses = [cloud.ask(method, target, content)]  # which makes what is made at first
    left = left_by(lambda: statuses.append(cloud.ask(method, target, content)))
    assert statuses[0] == statuses[1]
    return statuses[0], left


@pytest.mark.slow
def test_no_answer_of_any_operation_waits_for_the_collector(no_collector):
    cloud = Cloud()
    cloud.emulator = Emulator(Settings(), wall=lambda: NOW)
    found = {}
    for key, operation in cloud.emulator.catalogue.operations.items():
        route = operation.route
        query = f"?{route.key}" + (f"={route.value}" if route.value else "") if route.key else ""
        target = re.sub(r"{\w+}", "i-nobody00", route.path) + query
        for body in (NO_JSON, STRANGE) if route.method in {"POST", "PUT"} else (NOTHING,):
            _, left = answer_and_rest(cloud, route.method, target, body)
            if left:
                found[key, body] = left

    assert found == {}


@pytest.mark.parametrize(
    ("method", "target", "content", "status"),
    [
        ("GET", "/v2/nothing", NOTHING, 404),
        ("PUT", "/v2/instance/i-nobody00?nothing", NOTHING, 400),
        ("PUT", "/v2/instance/i-nobody00?reboot", NOTHING, 404),
        ("PATCH", "/v2/instance", NOTHING, 405),
        ("GET", "/v9/instance", NOTHING, 404),
        ("GET", "/v2/%2F", NOTHING, 400),
        ("POST", "/v2/keypair", NO_JSON, 400),
        ("POST", "/v2/keypair", b"{}", 400),
        ("GET", "/v2/keypair", NOTHING, 200),
    ],
)
def test_no_answer_waits_for_the_collector(no_collector, method, target, content, status):
    assert answer_and_rest(Cloud(), method, target, content) == (status, [])


def test_no_refusal_of_a_signature_waits_for_the_collector(no_collector):
    cloud = Cloud()
    cloud.secret_key = "another"

    assert answer_and_rest(cloud, "GET", "/v2/zone") == (400, [])


ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}, "purchaseCount": 3}


@pytest.mark.parametrize(
    ("members", "status"), [({}, 200), ({"purchaseCount": 100_000}, 400), ({"imageId": "m-nothing"}, 404)]
)
def test_no_order_in_steps_waits_for_the_collector(no_collector, monkeypatch, members, status):
    monkeypatch.setattr("bce_emulator.engine.steps.SECONDS", 0.0)

    content = json.dumps(ORDER | members).encode()
    assert answer_and_rest(Cloud(), "POST", "/v2/instanceBySpec", content) == (status, [])


@pytest.fixture(scope="module", params=["http", "https"])
def server(request, tmp_path_factory) -> Iterator[Server]:
    settings = {}
    if request.param == "https":
        files = certificates.files(tmp_path_factory.mktemp("tls"))
        certificates.make(files, ("127.0.0.1",), datetime.now(UTC))
        settings = {"tls_cert": str(files.certificate), "tls_key": str(files.key)}
    with Server(**settings) as server:
        yield server


@contextmanager
def connected(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
        if server.endpoint.startswith("http:"):
            yield client
            return
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(client) as encrypted:
            yield encrypted


def signed(server: Server, method: str, target: str, body: bytes = b"", more: int = 0) -> bytes:
    host, date = f"127.0.0.1:{server.port}", iso(NOW)
    string = authorize(method, host, target, "", date, "test", "bce-emulator-secret-key")
    headers = [("Host", host), ("x-bce-date", date), ("Authorization", string)]
    return request_bytes(method, target, [*headers, ("Content-Length", str(len(body) + more))], body)


def control(server: Server, method: str, target: str, body: bytes = b"", more: int = 0) -> bytes:
    headers = [("Host", f"127.0.0.1:{server.port}"), ("Content-Length", str(len(body) + more))]
    return request_bytes(method, f"/_emulator/{target}", headers, body)


CONVERSATIONS: dict[str, Callable[[Server], bytes]] = {
    "nothing": lambda _: b"",
    "half a head": lambda _: b"GET /v2/zone HTTP/1.1\r\nHo",
    "no HTTP": lambda _: b"nonsense\r\n\r\n",
    "a call": lambda server: signed(server, "GET", "/v2/zone"),
    "the same twice": lambda server: signed(server, "GET", "/v2/zone") * 2,
    "half a body": lambda server: signed(server, "POST", "/v2/keypair", b"{", 10),
    "a call that is prepared": lambda server: signed(server, "POST", "/v2/keypair", b"{}"),
    "a refusal": lambda server: signed(server, "GET", "/v2/instance/i-nobody00"),
    "a pipeline": lambda server: signed(server, "GET", "/v2/zone") + control(server, "GET", "state") * 3,
    "a probe": lambda server: control(server, "GET", "live"),
    "half the body of a control call": lambda server: control(server, "PUT", "clock", b"{", 10),
    "a document": lambda server: control(server, "GET", "state"),
    "a document that is none": lambda server: control(server, "PUT", "state", b"{}"),
    "a stream": lambda server: control(server, "GET", "journal/stream"),
    "the page": lambda server: control(server, "GET", ""),
    "no such call": lambda server: control(server, "GET", "nothing"),
    "a body in chunks that are none": lambda _: (
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    ),
}


@pytest.fixture
def made(monkeypatch) -> list[ref[Protocol]]:
    """The connections that there were, as long as anything refers to them."""
    found: list[ref[Protocol]] = []
    connection_made = Protocol.connection_made

    def noted(self: Protocol, transport: Transport) -> None:
        found.append(ref(self))
        connection_made(self, transport)

    monkeypatch.setattr(Protocol, "connection_made", noted)
    return found


@pytest.mark.parametrize("has_reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_no_connection_that_is_closed_waits_for_the_collector(server, no_collector, made, conversation, has_reset):
    data = CONVERSATIONS[conversation](server)
    with connected(server) as client:
        client.sendall(data)
        if data.startswith(b"GET") and data.endswith(b"\r\n\r\n") and b"stream" not in data:
            assert read_reply(client) is not None
        if has_reset:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    assert eventually(lambda: made and made[0]() is None)
    assert len(made) == 1
