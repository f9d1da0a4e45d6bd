"""A line for each request to the emulated API, as text or as JSON; lines are written together, a moment later."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from time import perf_counter, strftime
from typing import TYPE_CHECKING, TextIO

import orjson

from bce_emulator.engine.http.request import printable

if TYPE_CHECKING:
    from bce_emulator.engine.http.request import Response
    from bce_emulator.engine.observe.journal import Exchange

SECONDS = 0.05
"""How long a line waits for others: a write of its own for each would cost as much as half of the request."""
MAX_LINES = 1_000
LOGGER = "bce_emulator.requests"
MAX_REASON = 200
PLANNED_FAULT = "planned_fault"


class RequestLog:
    """Writes who asked what, what was answered, why not, and how long that took."""

    def __init__(self, as_json: bool, stream: TextIO | None = None) -> None:
        self._line = json_line if as_json else text_line
        self._stream = stream or sys.stderr
        self._lines: list[str] = []
        self._stamp = ""

    def __call__(self, exchange: Exchange, response: Response) -> None:
        """Note a request with its answer."""
        lines = self._lines
        if not lines:
            self._begin()
        lines.append(self._line(self._stamp, exchange, response))
        if len(lines) >= MAX_LINES:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        text = "".join(self._lines)
        self._lines.clear()
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


def text_line(stamp: str, exchange: Exchange, response: Response) -> str:
    """A line for people: what, who, where, the answer, the reason of a refusal, the time, the resource, the request."""
    target, (account, region), status = exchange.target, exchange.account_key, response.status
    name = target.key if target is not None else _method_and_path(exchange)
    return (
        f"{stamp} INFO {LOGGER}: {name} account={account or '-'} region={region or '-'} => {status}"
        f"{_refused(exchange, response) if status >= 400 else ''} {(perf_counter() - exchange.began) * 1000:.1f}ms "
        f"{exchange.resource or '-'} {exchange.request_id}\n"
    )


def _refused(exchange: Exchange, response: Response) -> str:
    reason = reason_of(exchange, response)
    return f" {code_of(response)} ({reason})" if reason else f" {code_of(response)}"


def json_line(stamp: str, exchange: Exchange, response: Response) -> str:
    """The same as an object with a member for each."""
    target, (account, region), status = exchange.target, exchange.account_key, response.status
    operation, product = (target.name, target.product) if target is not None else (None, None)
    line = {
        "time": stamp,
        "level": "info",
        "logger": LOGGER,
        "message": _method_and_path(exchange) if operation is None else operation,
        "requestId": exchange.request_id,
        "account": account or None,
        "region": region or None,
        "operation": operation,
        "product": product,
        "resource": exchange.resource or None,
        "status": status,
        "code": code_of(response) if status >= 400 else None,
        "reason": reason_of(exchange, response) or None if status >= 400 else None,
        "durationMs": round((perf_counter() - exchange.began) * 1000, 3),
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
