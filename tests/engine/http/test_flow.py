"""How much of all connections may have arrived and wait to be parsed."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from unittest.mock import Mock

import pytest

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http import flow
from bce_emulator.engine.http.flow import Backlogs, Flow
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.raw import request_bytes


def held(backlogs: Backlogs, *sizes: int) -> list[Flow]:
    made = [Flow(Mock(), Mock(), backlogs) for _ in sizes]
    for each, size in zip(made, sizes, strict=True):
        each.hold(size)
    return made


def closed(flows: list[Flow]) -> list[bool]:
    return [each._transport.abort.called for each in flows]


@pytest.fixture(autouse=True)
def _little(monkeypatch) -> None:
    monkeypatch.setattr(flow, "BACKLOG_BYTES", 100)


def test_of_too_much_the_part_that_waits_longest_goes():
    backlogs = Backlogs()
    flows = held(backlogs, 50, 50, 50)
    assert closed(flows) == [False, False, False], "the largest does not count"

    flows[0].hold(50)  # some of it was parsed, and more has come
    flows += held(backlogs, 50)

    assert closed(flows) == [False, True, False, False]


def test_one_part_may_be_larger_than_that():
    assert closed(held(Backlogs(), 1_000, 50, 50)) == [False, False, False]


def test_what_was_parsed_counts_no_more_and_is_read_on_only_where_there_is_room():
    backlogs = Backlogs()
    flows = held(backlogs, 50, 50, 50)
    for each in flows:
        each.let_go(resume=each is flows[0])
        each.let_go(resume=False)

    assert [each._transport.resume_reading.called for each in flows] == [True, False, False]
    assert closed(flows + held(backlogs, 50, 50, 50)) == [False] * 6


def test_clients_that_send_much_behind_a_request_that_waits_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(flow, "BACKLOG_BYTES", 30_000)
    with Server(wall=lambda: NOW, auth="off") as server, ExitStack() as clients:
        server.emulator.accounts.open("test").faults.plan(
            operation=OPERATIONS["bcc.ListZones"], delay_seconds=60, times=9
        )
        first, *others = (
            clients.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(3)
        )
        much = request_bytes("GET", "/v2/zone", [("Host", "localhost")]) * 500
        first.sendall(much)
        while not server._server.config.loaded_app.connections.backlogs._sizes:
            pass
        for each in others:
            each.sendall(much)

        with suppress(ConnectionResetError):
            assert first.recv(100) == b""
