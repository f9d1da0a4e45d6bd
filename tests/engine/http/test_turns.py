"""Accounts take turns: what one has sent waits, and what another sends meanwhile does not wait for all of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack

from bce_emulator.engine.http import turns as module
from bce_emulator.engine.http.request import Response
from bce_emulator.engine.http.turns import Turns
from bce_emulator.engine.observe.journal import Exchange
from bce_emulator.engine.steps import SECONDS
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.engine.http.test_arrival import signed
from tests.raw import exchange, read_reply

FIRST = 9
"""How many connections there are."""


class Round:
    """A loop that is told when to go on, and a clock that each request moves on."""

    def __init__(self, monkeypatch, cost: float) -> None:
        self.now, self.cost = 0.0, cost
        self.due: list[Callable[[], None]] = []
        self.served: list[str] = []
        self.turns = Turns(lambda: self.now)
        monkeypatch.setattr(module.asyncio, "get_running_loop", lambda: self)

    def call_soon(self, function: Callable[[], None]) -> None:
        self.due.append(function)

    def arrive(self, names: str) -> None:
        """Something arrives of each of these accounts, in one round: what may not be handled at once waits."""
        for name in names:
            if self.turns.admits(name):
                self.handle(name)
            else:
                self.turns.wait(name, lambda name=name: self.handle(name))

    def handle(self, name: str) -> None:
        self.served.append(name)
        self.now += self.cost

    def pass_on(self) -> str:
        """The loop looks at the sockets once more; who was served since the last time."""
        due, self.due = self.due, []
        for each in due:
            each()
        served, self.served = "".join(self.served), []
        return served


def test_the_first_request_of_an_account_in_a_round_waits_for_nobody(monkeypatch):
    loop = Round(monkeypatch, SECONDS)

    loop.arrive("AAAABAAB")

    assert "".join(loop.served) == "AB"


def test_what_waits_is_served_account_by_account_and_in_the_order_of_arrival(monkeypatch):
    loop = Round(monkeypatch, SECONDS)
    loop.arrive("AAAAABBBCC")
    loop.served.clear()

    rounds = [loop.pass_on() for _ in range(4)]

    assert rounds == ["ABC", "AB", "A", "A"]
    assert loop.pass_on() == ""


def test_short_requests_are_served_several_in_a_round_and_accounts_alternate(monkeypatch):
    loop = Round(monkeypatch, SECONDS / 4)

    loop.arrive("AAAAAAAAAAAABBBBBB")

    assert "".join(loop.served) == "AAAAB"
    loop.served.clear()
    assert loop.pass_on() == "ABAB"
    assert loop.pass_on() == "ABAB"


def test_who_waits_already_is_not_passed_by_what_arrives_later_of_the_same_account(monkeypatch):
    loop = Round(monkeypatch, SECONDS)
    loop.arrive("AAA")
    loop.pass_on()
    loop.arrive("AB")

    assert loop.served == ["B"]
    assert [loop.pass_on(), loop.pass_on()] == ["BA", "A"]


def test_a_round_ends_and_the_next_begins_anew(monkeypatch):
    loop = Round(monkeypatch, SECONDS)
    for _ in range(3):
        loop.arrive("A")
        assert loop.pass_on() == "A"
    assert loop.pass_on() == ""


class Sent(list[str]):
    """What stands for a transport that is open."""

    def is_closing(self) -> bool:
        return False

    def write(self, answer: str) -> None:
        self.append(answer)


def test_an_answer_waits_for_others_a_millisecond_long_before_another_request_is_handled(monkeypatch):
    loop = Round(monkeypatch, cost=0.0004)
    sent = Sent()

    for name in "ABCDEF":
        assert loop.turns.admits(name)
        loop.handle(name)
        loop.turns.hold(sent, name)
        if name in "BD":
            assert sent == ["A"]

    assert sent == ["A", "B", "C", "D", "E"], "E came when B had waited for 1.2 ms"


def test_an_account_with_many_connections_is_put_off_and_another_is_not(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", -1.0)  # a round is over for an account with its first request
    order: list[str] = []
    calls: dict[socket.socket, bytes] = {}

    def note(exchange: Exchange, _response: Response) -> None:
        order.append(exchange.account_key[0])
        if len(order) == FIRST + 1:  # the server itself sends, so that it finds all of them with its next look
            for each, call in calls.items():
                each.sendall(call)

    with Server(wall=lambda: NOW) as server, ExitStack() as stack:
        server.emulator.journal.notes = [note]
        for name in ("test", "test-other"):
            for _ in range(FIRST - 1 if name == "test" else 1):
                each = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
                calls[each] = signed(server, "GET", "/v2/zone", [], access_key=name)
        for each, call in calls.items():  # from now on it is known whose they are
            each.sendall(call)
            assert read_reply(each).status == 200

        assert exchange(server.port, signed(server, "GET", "/v2/zone", [])).status == 200
        assert [read_reply(each).status for each in calls] == [200] * FIRST

    assert sorted(order[FIRST + 1 :]) == ["test"] * (FIRST - 1) + ["test-other"]
    assert order.index("test-other", FIRST) <= FIRST + 2
