"""What waits for all clients of a server to be read."""

from __future__ import annotations

import gc
from unittest.mock import Mock
from weakref import ref

import pytest

from bce_emulator.engine.http.too_much import Held
from bce_emulator.engine.http.unread import Unread, Written


class Client:
    """One that reads nothing."""

    def __init__(self, of_all: Held[Unread], waiting: int, written: int = 0) -> None:
        self.transport = Mock(**{"get_write_buffer_size.return_value": waiting})
        self.unread = Unread(Mock(), self.transport, of_all)
        self.unread.written = written
        self.unread.watch()

    def is_cut_off(self) -> bool:
        return self.transport.abort.called


def abort(unread: Unread) -> None:
    unread.transport.abort()


@pytest.fixture
def of_all() -> Held[Unread]:
    return Held("answers", 100, abort)


def test_of_too_much_who_waits_longest_is_cut_off(of_all):
    clients = [Client(of_all, 50), Client(of_all, 1, written=50), Client(of_all, 50), Client(of_all, 50)]

    assert [each.is_cut_off() for each in clients] == [True, False, False, False]


def test_who_has_read_or_is_gone_counts_no_more(of_all):
    clients = [Client(of_all, 60) for _ in range(2)]
    for each in clients:
        each.unread.forget()

    clients += [Client(of_all, 60) for _ in range(2)]

    assert not any(each.is_cut_off() for each in clients)
    assert of_all.total == 120


def test_what_is_written_by_asgi_is_measured_and_all_else_is_the_transport_s():
    client = Client(Held("answers", 100, abort), 0)
    cycle = Mock(expected_content_length=10)
    transport = Written(client.unread, cycle)

    transport.write(b"four")
    transport.close()

    assert client.unread.bytes() == 4 + 10, "the rest of it waits too"
    client.transport.write.assert_called_once_with(b"four")
    client.transport.close.assert_called_once_with()


class Cycle:
    """Who answers a request."""

    expected_content_length = 0


def test_who_has_answered_does_not_wait_for_the_collector():
    cycle = Cycle()
    cycle.transport = Written(Client(Held("answers", 100, abort), 0).unread, cycle)
    is_there = ref(cycle)
    gc.disable()
    try:
        del cycle
        assert is_there() is None
    finally:
        gc.enable()
