"""A line for each request to the emulated API, as text or as JSON; lines are written together, a moment later."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from time import perf_counter, strftime
from typing import TYPE_CHECKING, NamedTuple, TextIO

import orjson

from bce_emulator.engine.http.request import printable

if TYPE_CHECKING:
    from bce_emulator.engine.http.request import Response
    from bce_emulator.engine.http.routing import Target
    from bce_emulator.engine.observe.journal import Exchange

SECONDS = 0.05
"""How long a line waits for others: a write of its own for each would cost as much as half of the request."""
MAX_LINES = 1_000
LOGGER = "bce_emulator.requests"
MAX_REASON = 200
PLANNED_FAULT = "planned_fault"

_new = tuple.__new__


class Note(NamedTuple):
    """What a line says of a request: of a good one only what is there already, so that its line is made with others.

    ``target`` is the operation, or else method and path. A refusal has its code and reason. ``seconds`` is how long it
    took.
    """

    target: Target | str
    account_key: tuple[str, str]
    status: int
    refusal: tuple[str, str] | None
    seconds: float
    resource: str
    request_id: str


class RequestLog:
    """Writes who asked what, what was answered, why not, and how long that took."""

    def __init__(self, as_json: bool, stream: TextIO | None = None) -> None:
        self._line = json_line if as_json else text_line
        self._stream = stream or sys.stderr
        self._notes: list[Note] = []
        self._stamp = ""

    def __call__(self, exchange: Exchange, response: Response) -> None:
        """Note a request with its answer."""
        notes, status = self._notes, response.status
        if not notes:
            self._begin()
        notes.append(_new(Note, (
            exchange.target or _method_and_path(exchange), exchange.account_key, status,
            (code_of(response), reason_of(exchange, response)) if status >= 400 else None,
            perf_counter() - exchange.began, exchange.resource, exchange.request_id,
        )))  # fmt: skip
        if len(notes) >= MAX_LINES:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        line, stamp = self._line, self._stamp
        notes, self._notes = self._notes, []
        text = "".join([line(stamp, note) for note in notes])
        with suppress(OSError, ValueError):  # who read the log has gone
            self._stream.write(text)
            self._stream.flush()

    def _begin(self) -> None:
        """The first line waits; those that join it have its time."""
        self._stamp = strftime("%Y-%m-%dT%H:%M:%S%z")
        try:
            asyncio.get_running_loop().call_later(SECONDS, self.flush)
        except RuntimeError:  # the last line of a loop that has ended is written by who ended it
            return


def text_line(stamp: str, note: Note) -> str:
    """A line for people: what, who, where, the answer, the reason of a refusal, the time, the resource, the request."""
    target, (account, region), status, refusal, seconds, resource, request_id = note
    return (
        f"{stamp} INFO {LOGGER}: {target if isinstance(target, str) else target.key} account={account or '-'} "
        f"region={region or '-'} => {status}{_refused(*refusal) if refusal is not None else ''} "
        f"{seconds * 1000:.1f}ms {resource or '-'} {request_id}\n"
    )


def _refused(code: str, reason: str) -> str:
    return f" {code} ({reason})" if reason else f" {code}"


def json_line(stamp: str, note: Note) -> str:
    """The same as an object with a member for each."""
    target, (account, region), status, refusal, seconds, resource, request_id = note
    operation, product = (None, None) if isinstance(target, str) else (target.name, target.product)
    code, reason = refusal or (None, None)
    line = {
        "time": stamp,
        "level": "info",
        "logger": LOGGER,
        "message": operation or target,
        "requestId": request_id,
        "account": account or None,
        "region": region or None,
        "operation": operation,
        "product": product,
        "resource": resource or None,
        "status": status,
        "code": code,
        "reason": reason or None,
        "durationMs": round(seconds * 1000, 3),
    }
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE).decode()


def code_of(response: Response) -> str:
    """The error code of a refusal."""
    try:
        return str(orjson.loads(response.body)["code"])
    except (ValueError, TypeError, LookupError):
        return "-"


def reason_of(exchange: Exchange, response: Response) -> str:
    """Why a request was refused: a planned fault, a signature's mistake in a word, or the explanation on one line."""
    if exchange.fault is not None:
        return PLANNED_FAULT
    word = response.explanation.partition(";")[0]
    if word.isidentifier():
        return word
    text = response.explanation[:MAX_REASON]
    return text if text.isprintable() else repr(text)[1:-1]


def _method_and_path(exchange: Exchange) -> str:
    return f"{exchange.request.method} {printable(exchange.request.raw_path.decode('latin-1'))}"
