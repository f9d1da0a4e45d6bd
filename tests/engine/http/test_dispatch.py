"""A fault of the emulator's own is answered as the API answers one, and told in its log."""

from __future__ import annotations

import logging
import socket

import pytest

from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.errors import InternalError
from bce_emulator.testing import Server
from tests.cloud import Cloud
from tests.raw import read_reply, request_bytes


def fail(*_: object) -> None:
    raise LookupError("nobody thought of that")


@pytest.fixture(params=["while it is handled", "while its refusal is explained"])
def failing(request, monkeypatch):
    """What makes a call of ``GET /v2/zone`` meet a fault, and whether it is signed."""

    def make(cloud: Cloud) -> bool:
        if request.param == "while it is handled":
            monkeypatch.setattr(OPERATIONS["bcc.ListZones"], "function", fail)
        else:
            monkeypatch.setattr(cloud.emulator.dispatcher, "_explain", fail)
        return request.param == "while it is handled"

    return make


def test_a_fault_of_ours_is_an_internal_error_with_its_cause_in_the_log(cloud, failing, monkeypatch, caplog):
    is_signed = failing(cloud)
    monkeypatch.setattr(cloud.emulator.dispatcher, "_strict", False)

    with caplog.at_level(logging.ERROR):
        reply = cloud.call("GET", "/v2/zone", sign=is_signed)

    assert (reply.status, reply.code) == (500, InternalError.code)
    assert reply.body["requestId"] == cloud.last_entry.request_id
    assert "LookupError" in reply.headers["x-bce-emulator-explain"]
    (record,) = caplog.records
    assert (record.args, record.exc_info[0]) == ((cloud.last_entry.request_id,), LookupError)


def test_over_a_connection_it_is_answered_too(monkeypatch):
    zones = request_bytes("GET", "/v2/zone", [("Host", "localhost")])
    with Server() as server, socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        monkeypatch.setattr(server.emulator.dispatcher, "_explain", fail)
        replies = []
        for _ in range(2):
            connection.sendall(zones)
            replies.append(read_reply(connection))

    assert [reply.status for reply in replies] == [500, 500]
    assert {reply.headers["x-bce-emulator-explain"] for reply in replies} == {"an internal error: LookupError"}


def test_tests_see_it_raised(cloud, failing):
    is_signed = failing(cloud)

    with pytest.raises(LookupError, match="nobody"):
        cloud.call("GET", "/v2/zone", sign=is_signed)
