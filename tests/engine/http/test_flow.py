"""What has arrived of a connection and waits to be parsed."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from unittest.mock import Mock

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http import connections
from bce_emulator.engine.http.flow import Flow
from bce_emulator.engine.http.too_much import Held
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.raw import request_bytes


def test_what_is_held_is_noted_until_all_of_it_is_parsed_and_read_on_only_where_there_is_room():
    backlogs: Held = Held("what waits", 100, Mock())
    flows = [Flow(Mock(), Mock(), backlogs) for _ in range(2)]
    for each in flows:
        each.hold(50)
    assert backlogs.sizes == {each._transport: 50 for each in flows}

    for each in flows:
        each.let_go(resume=each is flows[0])
        each.let_go(resume=False)

    assert backlogs.sizes == {}
    assert [each._transport.resume_reading.called for each in flows] == [True, False]


def test_clients_that_send_much_behind_a_request_that_waits_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(connections, "BACKLOG_BYTES", 30_000)
    with Server(wall=lambda: NOW, auth="off") as server, ExitStack() as clients:
        server.emulator.accounts.open("test").faults.plan(
            operation=OPERATIONS["bcc.ListZones"], delay_seconds=60, times=9
        )
        first, *others = (
            clients.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(3)
        )
        much = request_bytes("GET", "/v2/zone", [("Host", "localhost")]) * 500
        first.sendall(much)
        backlogs = server._server.config.loaded_app.connections.backlogs
        assert eventually(lambda: bool(backlogs.sizes))
        for each in others:
            each.sendall(much)

        with suppress(ConnectionResetError):
            assert first.recv(100) == b""
