"""Bodies that arrive at the same time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest

from bce_emulator.engine.http.arriving import Arriving
from bce_emulator.engine.http.request import BodyTooSlow, read_body
from bce_emulator.testing import Server
from tests.control.conftest import eventually
from tests.raw import exchange, read_reply, request_bytes


class Sender:
    """Who sends a body in pieces, and is asked for it as an ASGI application is."""

    def __init__(self) -> None:
        self._pieces: asyncio.Queue[Any] = asyncio.Queue()
        self.read = asyncio.create_task(read_body(self._pieces.get, 1_000))

    async def send(self, count: int, more: bool = True) -> None:
        self._pieces.put_nowait({"type": "http.request", "body": b"x" * count, "more_body": more})
        for _ in range(5):
            await asyncio.sleep(0)


def test_of_too_many_bodies_the_one_that_takes_longest_is_refused_and_the_others_arrive(monkeypatch):
    monkeypatch.setattr(Arriving.of_all, "most", 100)

    async def run() -> None:
        first, second, third = senders = [Sender() for _ in range(3)]
        await first.send(60)
        await second.send(60)
        await third.send(30)
        assert not any(each.read.done() for each in senders)
        await third.send(30)
        with pytest.raises(BodyTooSlow, match="too many bodies are arriving, and this one takes longest"):
            await first.read
        await second.send(1, more=False)
        await third.send(1, more=False)
        assert [len(await each.read) for each in (second, third)] == [61, 61]

    asyncio.run(run())

    assert (Arriving.of_all.sizes, Arriving.of_all.total) == ({}, 0)


def have_arrived(count: int) -> Callable[[], bool]:
    return lambda: Arriving.of_all.total >= count


@pytest.mark.parametrize(("path", "status"), [("/v2/instance", 400), ("/_emulator/faults", 408)])
def test_who_has_half_a_body_waits_no_longer_when_others_have_too(monkeypatch, path, status):
    monkeypatch.setattr(Arriving.of_all, "most", 100_000)
    half = request_bytes("POST", path, [("Host", "localhost"), ("Content-Length", "100000")], b"x" * 60_000)
    with Server() as server:
        clients = []
        for count in range(1, 4):
            clients.append(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            clients[-1].sendall(half)
            assert eventually(have_arrived(60_000 * min(count, 2)))

        assert read_reply(clients[0]).status == status
        assert exchange(server.port, request_bytes("POST", path, [("Content-Length", "2")], b"{}")).status != status
        for each in clients:
            each.close()
