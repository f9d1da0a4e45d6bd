"""Whose requests are handled next: accounts take turns, so that none waits for all that another has sent.

What happens between two looks at the sockets is a round. In it an account is served until the round has lasted for as
long as a work in steps; what has arrived of it beyond that waits, while the first request of another account in the
same round does not. What waits is served account by account, one connection of each, before others are read; who
waits longest within an account is first.

Short answers of a round are sent together at its end, as a client that waits is woken by each that comes alone. See
``docs/decisions/0019-answers-of-a-round-are-sent-together.md``.
"""

from __future__ import annotations

import asyncio
from asyncio import Transport
from collections import OrderedDict, deque
from collections.abc import Callable
from time import perf_counter

from bce_emulator.engine.steps import SECONDS

ACCOUNT = "emulator.account"
"""Under which name the scope of a request has the account that it was handled for."""


TOGETHER = 16
"""How many answers wait for each other at most."""
TOGETHER_SECONDS = 0.001
"""How long an answer waits before another request is handled."""
SHORT_ANSWER = 4 * 1024
"""An answer of fewer bytes may wait."""


class Turns:
    """Those of one server. An account that is not known yet is the empty name: whoever comes new is one of many."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()
        self._served: set[str] = set()
        self._is_open = False
        self._ends = 0.0
        self._answered = False
        self._late = 0.0
        self._answers: list[tuple[Transport, bytes]] = []

    def admits(self, account: str) -> bool:
        """Whether a request of an account, which has just arrived, may be handled now."""
        if self._answers and self._clock() >= self._late:
            self.send()
        if not self._is_open:
            self._open()
        elif account in self._waiting or (account in self._served and self._clock() >= self._ends):
            return False
        self._served.add(account)
        return True

    def wait(self, account: str, serve: Callable[[], None]) -> None:
        """Have something of an account served when it is its turn."""
        waiting = self._waiting.get(account)
        if waiting is None:
            waiting = self._waiting[account] = deque()
        waiting.append(serve)
        if not self._is_open:
            self._open()

    def hold(self, transport: Transport, answer: bytes) -> None:
        """Send an answer at the end of the round, or as soon as many wait; the first of a round at once."""
        if not self._is_open:
            self._open()
        if not self._answered:
            self._answered = True
            transport.write(answer)
            return
        if not self._answers:
            self._late = self._clock() + TOGETHER_SECONDS
        self._answers.append((transport, answer))
        if len(self._answers) >= TOGETHER:
            self.send()

    def send(self) -> None:
        """Send what waits for the end of the round; to who is gone, nothing."""
        answers, self._answers = self._answers, []
        for transport, answer in answers:
            if not transport.is_closing():
                transport.write(answer)

    def _open(self) -> None:
        self._is_open = True
        self._answered = False
        self._served.clear()
        self._ends = self._clock() + SECONDS
        asyncio.get_running_loop().call_soon(self._next_round)

    def _next_round(self) -> None:
        """All that had arrived was seen: serve what waits, for a while, and each account at least once."""
        self._is_open = False
        self.send()
        if not self._waiting:
            return
        self._open()
        while self._waiting:
            account, waiting = next(iter(self._waiting.items()))
            if account in self._served and self._clock() >= self._ends:
                return
            self._served.add(account)
            serve = waiting.popleft()
            if waiting:
                self._waiting.move_to_end(account)
            else:
                del self._waiting[account]
            serve()
