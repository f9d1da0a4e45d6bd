"""The application when its server stops: what is under way then ends with its connection, and is no error."""

from __future__ import annotations

import socket

import pytest

from bce_emulator.engine.steps import Shared, Steps
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.engine.http.test_arrival import signed
from tests.raw import request_bytes


def for_ever() -> Steps[None]:
    while True:
        yield


@pytest.mark.parametrize("path", ["/v2/zone", "/_emulator/state", "/_emulator/reset"])
def test_a_call_that_is_under_way_when_the_server_stops_is_hung_up_on(path, caplog):
    server = Server(wall=lambda: NOW).start()
    server._server.config.timeout_graceful_shutdown = 0
    work = server.emulator.accounts.work["test"] = Shared(for_ever())
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        head = [("Host", "localhost"), ("Content-Length", "0")]
        connection.sendall(
            signed(server, "GET", path, [])
            if path == "/v2/zone"
            else request_bytes("POST" if path == "/_emulator/reset" else "GET", path, head)
        )
        assert eventually(lambda: work._task is not None)

        server.stop()

        assert connection.recv(100) == b""
    assert [each.getMessage() for each in caplog.records if each.exc_info] == []
