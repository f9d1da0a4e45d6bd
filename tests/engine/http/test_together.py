"""Short answers of a round are sent together at its end: each arrives once, whole and in its order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
from uvicorn.server import ServerState

from bce_emulator.app import Application
from bce_emulator.cli.serve import server_config
from bce_emulator.cloud import Emulator
from bce_emulator.engine.http.encryption import Encryption
from bce_emulator.engine.http.turns import TOGETHER, Turns
from bce_emulator.engine.steps import Turn
from bce_emulator.settings import Settings
from tests.cloud import NOW
from tests.engine.http.test_any_arrival import signed
from tests.raw import request_bytes

CLOSED, ABORTED, ENDED = "closed", "aborted", "ended"


class Wire(asyncio.Transport):
    """A transport that notes what becomes of it: the status of each answer, and what else happens."""

    def __init__(self) -> None:
        super().__init__({"sockname": ("127.0.0.1", 8080), "peername": ("127.0.0.1", 50_000)})
        self.seen: list[int | str] = []

    def write(self, data: Any) -> None:
        self.seen.append(int(bytes(data[9:12])) if data.startswith(b"HTTP/1.1 ") else "more")

    def is_closing(self) -> bool:
        return CLOSED in self.seen or ABORTED in self.seen

    def close(self) -> None:
        self.seen.append(CLOSED)

    def abort(self) -> None:
        self.seen.append(ABORTED)

    def write_eof(self) -> None:
        self.seen.append(ENDED)

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def asked(target: str = "/v2/instance/i-nobody00") -> bytes:
    return signed("GET", target, [])


Open = Callable[..., Any]


def in_a_loop(scenario: Callable[[Open], Awaitable[None]], most: int = 100) -> None:
    """Run what opens connections to a server that has no sockets."""

    async def run() -> None:
        application = Application(Emulator(Settings(pace="instant", max_connections=most), wall=lambda: NOW))
        for key in ("bcc.GetInstance", "bcc.ListImages"):  # else their first requests wait for a thread
            application.emulator.catalogue.operations[key].make()
        application.connections.turns = Turns(clock=lambda: 0.0)  # no round lasts too long
        config = server_config(application)
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        opened = []

        def connect(kind: Callable[..., Any] = config.http_protocol_class) -> Any:
            protocol = kind(config=config, server_state=state, app_state={}, _loop=loop)
            protocol.connection_made(Wire())
            opened.append(protocol)
            return protocol

        await scenario(connect)
        for each in opened:
            each.connection_lost(None)

    asyncio.run(run())


def seen(*connections: Any) -> list[list[int | str]]:
    return [each.transport.seen for each in connections]


async def pass_on() -> None:
    """The loop looks at the sockets once more."""
    await asyncio.sleep(0)


@pytest.mark.parametrize("is_known", [True, False], ids=["a head that comes again", "a head that is parsed"])
def test_the_first_answer_of_a_round_leaves_at_once_and_others_at_its_end(is_known):
    async def scenario(connect: Open) -> None:
        connections = [connect() for _ in range(4)]
        if is_known:
            connections[3].data_received(asked())
            await pass_on()

        for each in connections[:3]:
            each.data_received(asked())
            each.data_received(asked())

        assert seen(*connections[:3]) == [[404], [], []]
        await pass_on()
        assert seen(*connections[:3]) == [[404] * 2] * 3

    in_a_loop(scenario)


def test_who_is_alone_waits_for_nobody():
    async def scenario(connect: Open) -> None:
        connection = connect()

        for _ in range(3):
            connection.data_received(asked())

        assert seen(connection) == [[404] * 3]

    in_a_loop(scenario)


def test_no_more_answers_wait_than_may():
    async def scenario(connect: Open) -> None:
        connections = [connect() for _ in range(TOGETHER + 2)]

        for each in connections[:-1]:
            assert seen(*connections[1:]) == [[]] * (TOGETHER + 1)
            each.data_received(asked())

        assert seen(*connections) == [[404]] * (TOGETHER + 1) + [[]]
        connections[-1].data_received(asked())
        assert seen(connections[-1]) == [[]]
        await pass_on()
        assert seen(connections[-1]) == [[404]]

    in_a_loop(scenario)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_long_answer_waits_for_nobody_and_what_waits_goes_before_it(is_known):
    async def scenario(connect: Open) -> None:
        first, second, third = (connect() for _ in range(3))
        if is_known:
            third.data_received(asked("/v2/image"))
            await pass_on()
            third.transport.seen.clear()
        first.data_received(asked())
        second.data_received(asked())
        assert seen(second) == [[]]

        third.data_received(asked("/v2/image"))

        assert seen(first, second, third) == [[404], [404], [200]]

    in_a_loop(scenario)


def test_nothing_waits_where_a_call_goes_on_that_may_take_long(monkeypatch):
    async def scenario(connect: Open) -> None:
        connections = [connect() for _ in range(3)]
        monkeypatch.setattr(Turn, "at_work", 1)
        for each in connections:
            each.data_received(asked())
        assert seen(*connections) == [[404]] * 3
        monkeypatch.setattr(Turn, "at_work", 0)
        await pass_on()

        other = connect()
        other.data_received(b"POST /v2/keypair HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
        for each in connections:
            each.data_received(asked())
        assert seen(*connections) == [[404] * 2] * 3

    in_a_loop(scenario)


LIVE = request_bytes("GET", "/_emulator/live", [("Host", "localhost")])
THEN: dict[str, tuple[Callable[[Any], object], list[int | str]]] = {
    "the client ends": (lambda one: one.eof_received(), []),
    "the server stops": (lambda one: one.shutdown(), [CLOSED]),
    "what is no request": (lambda one: one.data_received(b"nonsense\r\n\r\n"), [400, ENDED]),
    "a request that waits": (lambda one: one.data_received(LIVE), []),
}


@pytest.mark.parametrize("then", THEN)
def test_what_waits_leaves_before_what_comes_next_on_its_connection(then):
    do, follows = THEN[then]

    async def scenario(connect: Open) -> None:
        first, second = connect(), connect()
        first.data_received(asked())
        second.data_received(asked())
        assert seen(second) == [[]]

        do(second)

        assert seen(second) == [[404, *follows]]
        if then == "a request that waits":
            for _ in range(20):
                await pass_on()
            assert seen(second) == [[404, 200, "more"]]

    in_a_loop(scenario)


def test_what_waits_leaves_before_its_connection_makes_room_for_another():
    async def scenario(connect: Open) -> None:
        first, second = connect(), connect()
        second.idle_since = 0.0
        first.data_received(asked())
        second.data_received(asked())
        assert seen(second) == [[]]
        first.idle_since, second.idle_since = 2.0, 1.0

        connect()

        assert seen(first, second) == [[404], [404, ABORTED]]

    in_a_loop(scenario, most=2)


def test_what_waits_leaves_before_a_handshake_which_takes_long():
    async def scenario(connect: Open) -> None:
        first, second = connect(), connect()
        third = connect(partial(Encryption, SSLContext(PROTOCOL_TLS_SERVER)))
        first.data_received(asked())
        second.data_received(asked())
        assert seen(second) == [[]]

        third.data_received(b"\x16\x03\x01")

        assert seen(first, second) == [[404], [404]]

    in_a_loop(scenario)


def test_to_who_is_gone_nothing_is_sent_and_others_have_their_answers():
    async def scenario(connect: Open) -> None:
        first, second, third = (connect() for _ in range(3))
        for each in (first, second, third):
            each.data_received(asked())
        second.transport.abort()

        await pass_on()

        assert seen(first, second, third) == [[404], [ABORTED], [404]]

    in_a_loop(scenario)


def test_an_answer_that_is_held_begins_a_round_where_there_is_none():
    async def scenario(_connect: Open) -> None:
        turns, wires = Turns(), [Wire() for _ in range(3)]

        for each in wires:
            turns.hold(each, b"HTTP/1.1 200 OK")
        assert [each.seen for each in wires] == [[200], [], []]
        await pass_on()
        assert [each.seen for each in wires] == [[200]] * 3
        turns.hold(wires[0], b"HTTP/1.1 200 OK")
        assert wires[0].seen == [200, 200]

    in_a_loop(scenario)


@pytest.mark.parametrize(("length", "is_held"), [(4_095, True), (4_096, False)])
def test_an_answer_of_4_kib_is_long(length, is_held):
    async def scenario(connect: Open) -> None:
        first, second = connect(), connect()
        send = first.open_connections.send
        send(first.transport, b"HTTP/1.1 200 OK", 2)

        send(second.transport, b"HTTP/1.1 200 OK".ljust(length), 2)

        assert seen(second) == [[] if is_held else [200]]

    in_a_loop(scenario)
