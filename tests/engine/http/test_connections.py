"""How many connections there may be, and which one goes when there is no room."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

import pytest

from bce_emulator.engine.http import connections
from bce_emulator.engine.http.connections import OTHER_FILES, Connections, file_limit
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.raw import read_reply, request_bytes

LIVE = request_bytes("GET", "/_emulator/live", [("Host", "localhost")])
WHY = "the oldest silent one of them is closed for each new one"


@dataclass(eq=False)
class Transport:
    aborted: bool = False

    def abort(self) -> None:
        self.aborted = True


@dataclass(eq=False)
class Connection:
    transport: Transport = field(default_factory=Transport)
    idle_since: float = 0.0
    in_head: bool = True
    in_body: bool = False
    headers: list = field(default_factory=list)


def opened(most: int, count: int) -> tuple[Connections, list[Connection]]:
    room, made = Connections(most), [Connection(idle_since=float(number)) for number in range(count)]
    for number, each in enumerate(made, 1):
        room.opened(each, min(number, most + 1))
    return room, made


def gone(made: list[Connection]) -> list[int]:
    return [number for number, each in enumerate(made) if each.transport.aborted]


def test_there_may_be_as_many_as_the_setting_says_and_then_the_oldest_goes():
    assert gone(opened(3, 3)[1]) == []
    assert gone(opened(3, 5)[1]) == [0, 1]


def test_of_too_many_heads_that_do_not_end_the_ones_that_began_first_go(monkeypatch):
    monkeypatch.setattr(connections, "HEADS_BYTES", 1_000)
    room, made = opened(9, 7)
    for each in made[:6]:
        room.grows(each, 200, 1)
    assert gone(made) == [0, 1, 2]

    room.grows(made[3], 0, 0)  # it has ended since
    room.closed(made[4])
    room.grows(made[6], 200, 1)

    assert gone(made) == [0, 1, 2]


def test_of_a_head_that_did_not_end_nothing_is_kept():
    room, [unfinished, answered] = opened(9, 2)
    answered.in_head = False
    for each in (unfinished, answered):
        each.headers.append((b"host", b"x"))
        room.closed(each)

    assert (unfinished.headers, answered.headers) == ([], [(b"host", b"x")])


CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\n", CHUNKED], ids=["head", "trailers"])
def test_who_began_a_head_or_trailers_first_goes_where_others_have_too(monkeypatch, begun):
    monkeypatch.setattr(connections, "HEADS_BYTES", 30_000)
    with Server(wall=lambda: NOW) as server, ExitStack() as clients:
        room = server._server.config.loaded_app.connections
        first, *others = (
            clients.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(3)
        )
        first.sendall(begun + 100 * b"a: b\r\n")
        assert eventually(lambda: bool(room.heads.sizes))
        for each in others:
            each.sendall(begun + 100 * b"a: b\r\n")

        with suppress(ConnectionResetError):
            assert first.recv(100) == b""


def test_who_was_answered_last_goes_last_and_who_is_busy_or_gone_does_not_go():
    room, made = opened(4, 4)
    room.busy(made[0])
    made[0].idle_since = 4.0
    room.silent(made[0])
    room.busy(made[1])
    room.closed(made[2])
    room.opened(Connection(idle_since=5.0), 5)
    assert gone(made) == [3]
    room.opened(Connection(idle_since=6.0), 5)
    assert gone(made) == [0, 3]


def test_who_was_answered_or_is_busy_since_the_others_were_put_in_order_does_not_go():
    room, made = opened(5, 6)
    assert gone(made) == [0]
    made[1].idle_since = 7.0
    room.busy(made[2])
    room.closed(made[3])
    for moment in (8.0, 9.0, 10.0):
        made.append(Connection(idle_since=moment))
        room.opened(made[-1], 6)

    assert gone(made) == [0, 1, 4, 5]


def test_nothing_is_kept_of_those_that_were_in_order_when_there_is_room_again():
    room, made = opened(4, 5)
    assert room._to_go
    for each in made:
        room.closed(each)
    room.opened(Connection(), 2)

    assert not room._to_go


def test_where_all_are_busy_the_new_one_goes():
    room, made = opened(2, 2)
    for each in made:
        room.busy(each)
    new = Connection()
    room.opened(new, 3)
    room.busy(made[0])

    assert gone([*made, new]) == [2]


def test_that_there_is_no_room_is_told_once_till_there_is_again(caplog):
    room, _ = opened(4, 8)
    assert caplog.messages == [f"there are 4 connections, and no room for more: --max-connections 4; {WHY}"]

    room.opened(Connection(), 2)
    room.opened(Connection(), 5)
    room.opened(Connection(), 5)

    assert len(caplog.records) == 2


@pytest.mark.parametrize(("files", "most"), [(64, 64 - OTHER_FILES), (OTHER_FILES, 1), (None, 10_000)])
def test_there_are_no_more_than_files_can_be_open(monkeypatch, caplog, files, most):
    monkeypatch.setattr(connections, "file_limit", lambda: files)
    room, _ = opened(10_000, 0)
    room.opened(Connection(), most + 1)

    assert room.most == most
    why = f"this process may open {files} files (ulimit -n)" if files else "--max-connections 10000"
    assert caplog.messages == [f"there are {most} connections, and no room for more: {why}; {WHY}"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_the_limit_of_files_is_that_of_the_process(monkeypatch):
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _: (77, 99))
    assert file_limit() == 77
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _: (connections.resource.RLIM_INFINITY, 99))
    assert file_limit() is None
    monkeypatch.setattr(connections, "resource", None)
    assert file_limit() is None


def test_a_new_client_is_served_though_silent_ones_have_taken_every_place():
    with Server(wall=lambda: NOW, max_connections=3) as server:
        held = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(3)]
        held[0].sendall(LIVE)
        assert read_reply(held[0]).status == 200

        for _ in range(20):
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as new:
                new.sendall(LIVE)
                assert read_reply(new).status == 200

        assert held[1].recv(1) == b""
        for each in held:
            each.close()
