"""Failures planned ahead: a fault names an operation and what goes wrong, and is injected a counted number of times."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeVar

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.request import Message, Receive, Request, Response, Scope, Send
from bce_emulator.engine.http.waiting import Deferred
from bce_emulator.engine.observe.references import references_resource
from bce_emulator.engine.steps import Steps

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion
    from bce_emulator.engine.account.resource import Resource
    from bce_emulator.engine.declare.operations import Operation
    from bce_emulator.engine.observe.journal import Exchange

Result = TypeVar("Result")
Around = Callable[[Steps[bytes]], Steps[bytes]]
"""What makes of the handling of a request one with a fault in it."""

NEVER = "never"
"""The end of a transition that does not end."""
BEFORE, AFTER = "before", "after"
"""Whether the connection is lost before the request is handled, or after."""
NO_RESPONSE = Response(0, b"")
TRANSPORT = "emulator.transport"
"""Under which name the protocol puts the connection into the state of a scope."""


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """One thing that goes wrong, ``times`` times: an error, a delay, a lost connection, a cut answer, another end."""

    id: str
    operation: Operation
    error: type[ApiError] | None = None
    delay_seconds: float = 0.0
    disconnect: str = ""
    truncate_bytes: int | None = None
    end_in: str = ""
    kinds: tuple[type[Resource], ...] = ()
    resource: str = ""
    times: int = 1
    struck: int = 0

    @property
    def cuts(self) -> bool:
        """Whether the client never gets a whole answer."""
        return bool(self.disconnect) or self.truncate_bytes is not None

    @property
    def effect(self) -> str:
        """What goes wrong, in words."""
        parts = {
            "error": self.error and self.error.code,
            "delay of": self.delay_seconds and f"{self.delay_seconds:g} s",
            "disconnect": self.disconnect,
            "truncated after": None if self.truncate_bytes is None else f"{self.truncate_bytes} bytes",
            "transition ends in": self.end_in,
        }
        return ", ".join(f"{name} {value}" for name, value in parts.items() if value)

    def matches(self, request: Request) -> bool:
        """Whether the fault is about this request for its operation."""
        return not self.resource or references_resource(request, self.resource)

    def applies_to(self, resource: Resource) -> bool:
        """Whether a transition of this resource ends as the fault says."""
        if not isinstance(resource, self.kinds):
            return False
        return resource.id == self.resource or not resource.collection or self.resource not in resource.collection.by_id

    def refusal(self, account: AccountRegion) -> ApiError:
        """The planned error; what its message has room for is filled in."""
        assert self.error is not None
        known = {"date": iso(account.clock.now()), "operation": self.operation.name}
        gaps = [name for _, name, _, _ in Formatter().parse(self.error.message) if name]
        return self.error(f"the planned fault {self.id}", **{name: known.get(name, self.resource) for name in gaps})


class Faults:
    """The faults planned for one account. They are injected in the order of planning, one into each request."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.ending: Fault | None = None
        self.applied = False
        self._number = 0

    def plan(self, **facts: Any) -> Fault:
        """Plan one more fault."""
        self._number += 1
        fault = Fault(id=f"fault-{self._number}", **facts)
        self.planned.append(fault)
        return fault

    def find(self, operation: Operation, request: Request) -> Fault | None:
        """The fault to inject into this request, or None."""
        for fault in self.planned:
            if operation is fault.operation and fault.matches(request):
                return fault
        return None

    def count(self, fault: Fault) -> None:
        """Count an injection; a fault that was injected often enough is forgotten."""
        fault.struck += 1
        if fault.struck >= fault.times and fault in self.planned:
            self.planned.remove(fault)

    def ended(self, fault: Fault, steps: Steps[Result]) -> Steps[tuple[Result, bool]]:
        """The same work whose transitions end otherwise; answers whether there was one."""
        self.ending, self.applied = fault, False
        try:
            result = yield from steps
        finally:
            self.ending = None
        return result, self.applied


class FaultInjection:
    """A fault about to happen to a request. The account is found anew after a delay, which may outlast a reset."""

    was_handled = False

    def __init__(
        self,
        fault: Fault,
        exchange: Exchange,
        account: Callable[[], AccountRegion],
        handle: Callable[[AccountRegion, Around | None], Response],
    ) -> None:
        self.fault = fault
        self._exchange = exchange
        self._account = account
        self._handle = handle

    def begin(self) -> Response:
        """Happen at once, or be deferred."""
        if self.fault.delay_seconds or self.fault.cuts:
            raise Deferred(self)
        self._count()
        return self.happen()

    async def wait(self) -> None:
        """Count the injection before another request comes, and wait."""
        self._count()
        await asyncio.sleep(self.fault.delay_seconds)

    def happen(self) -> Response:
        """What becomes of the request."""
        fault, account = self.fault, self._account()
        self._exchange.moment = account.clock.now()
        if fault.error is not None:
            raise fault.refusal(account)
        if fault.disconnect == BEFORE:
            return NO_RESPONSE
        return self._handle(account, self._ended if fault.end_in else None)

    def _ended(self, steps: Steps[bytes]) -> Steps[bytes]:
        """The same work with the fault, if it is still planned; it was injected if there was a transition."""
        faults = self._account().account.faults
        if self.fault not in faults.planned:
            return (yield from steps)
        body, applied = yield from faults.ended(self.fault, steps)
        if applied:
            faults.count(self.fault)
            self._exchange.note_fault(self.fault)
        return body

    def _count(self) -> None:
        if not self.fault.end_in:
            self._account().account.faults.count(self.fault)
            self._exchange.note_fault(self.fault)


async def cut_short(
    fault: Fault, response: Response, request_id: str, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send as much of an answer as the fault lets through, at least one byte less than all, and close."""

    async def send_part(message: Message) -> None:
        if message["type"] == "http.response.body":
            sent = min(fault.truncate_bytes or 0, len(response.body) - 1)
            message = {"type": "http.response.body", "body": response.body[:sent], "more_body": True}
        await send(message)

    if not fault.disconnect:
        await response.send(send_part, request_id)
    await hang_up(scope, receive)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection of a request; where there is none, in a test, an error says so."""
    transport = scope.get("state", {}).get(TRANSPORT)
    if transport is None:
        raise ConnectionAbortedError("a planned fault closes the connection")
    transport.close()
    gone = False
    while not gone:
        with suppress(asyncio.CancelledError):
            gone = (await receive())["type"] == "http.disconnect"
