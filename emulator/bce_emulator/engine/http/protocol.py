"""HTTP on the socket: uvicorn's parser, with bounds on what a stranger can send and documented errors.

A request that has arrived whole is answered where the parser has read its last header, without a task and in one write;
why, and what it brings, stands in ``docs/decisions/0003-answer-in-the-parser.md``. All else goes the way of ASGI.
"""

from __future__ import annotations

import sys
from asyncio import Event, TimerHandle
from itertools import count
from time import gmtime, strftime
from typing import TYPE_CHECKING, Any

import httptools
import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from bce_emulator.engine.account.ids import request_id
from bce_emulator.engine.errors import ApiError, InvalidHTTPRequest
from bce_emulator.engine.observe.faults import TRANSPORT

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

MAX_HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 30
LINGER_SECONDS = 2
LAST_BODY_SECONDS = 0.5
"""How long the server, when it stops, waits for a body that is arriving."""
HEAD_TOO_LONG = f"the request line and the headers are longer than {MAX_HEAD_BYTES} bytes"
PLAIN_METHODS = frozenset({b"GET", b"PUT", b"POST", b"DELETE"})

_numbers = count(2**61)


class _NoCycle:
    """Stands where uvicorn keeps the request being answered, when there is none."""

    response_complete = True
    keep_alive = True
    message_event = Event()


class Protocol(HttpToolsProtocol):
    """Refuses a request line and headers that are malformed, too long or too slow, as the API refuses things."""

    in_head = in_body = False
    idle_since = 0.0
    head_bytes = 0
    deadline: TimerHandle | None = None
    received = b""
    begun_in = b""
    again = b""
    """What is to be parsed once more, without the wish for another protocol."""
    refusal = b""
    """The last answer of the connection; it waits for those before it, and what comes behind is not read."""
    running: RequestResponseCycle | None = None
    """The request being answered, behind which others can wait."""
    is_one_part = True
    """Whether all of what was received last belongs to one head or one body."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log = False

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head that is not whole yet, and give it some seconds."""
        if self.refusal:
            return
        self._parse(data)
        while self.again and not (self.refusal or self.transport.is_closing()):
            self._parse(self.again)
        if self.in_head and not self.transport.is_closing():
            self.head_bytes += len(data) if self.is_one_part else 0
            if self.head_bytes > MAX_HEAD_BYTES:
                self.send_400_response(HEAD_TOO_LONG)
            elif self.deadline is None:
                self.deadline = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _parse(self, data: bytes) -> None:
        self.received, self.again, self.is_one_part = data, b"", True
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A head begins."""
        self.in_head = True
        self.head_bytes = 0
        self.begun_in = self.received
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole: answer now if that can be done, else let uvicorn start a task."""
        is_alone = self.is_one_part and self.begun_in is self.received
        if not is_alone or len(self.received) > MAX_HEAD_BYTES:
            self._check_head()
        self.is_one_part = self.in_head = False
        self._forget_deadline()
        if not (self._declines() or self._responded_at_once(is_alone)):
            self.scope["state"][TRANSPORT] = self.transport
            super().on_headers_complete()
            self.in_body = True

    def on_message_complete(self) -> None:
        """The request is whole, unless it is one to be parsed again."""
        self.is_one_part = self.in_body = False
        if not self._declines():
            super().on_message_complete()

    def _declines(self) -> bool:
        """Whether the request wishes for another protocol, such as HTTP/2: the parser then leaves its body alone."""
        wishes: bool = self.parser.should_upgrade()
        return wishes

    def _check_head(self) -> None:
        """Refuse a head that is too long, however it arrived; the error ends the parser's work."""
        first = len(self.parser.get_method()) + len(self.url) + len(b"  HTTP/1.1\r\n")
        size = first + sum(len(name) + len(value) + len(b": \r\n") for name, value in self.headers) + len(b"\r\n")
        if size > MAX_HEAD_BYTES:
            self.send_400_response(HEAD_TOO_LONG)
            raise ValueError(HEAD_TOO_LONG)

    def _unsupported_upgrade_warning(self) -> None:
        """Go on with HTTP/1.1: parse the request again, without its wish."""
        error = sys.exception()
        assert isinstance(error, httptools.HttpParserUpgrade)
        parser = self.parser
        if parser.get_method() == b"CONNECT":
            self.send_400_response("this is no proxy, so there is nothing to CONNECT to")
            return
        lines = [b"%b: %b\r\n" % header for header in self.headers if header[0] != b"upgrade"]
        first = b"%b %b HTTP/%b\r\n" % (parser.get_method(), self.url, parser.get_http_version().encode())
        rest = self.received[error.args[0] :]
        self.parser = httptools.HttpRequestParser(self)
        self.again = b"".join((first, *lines, b"\r\n", rest))

    def on_response_complete(self) -> None:
        """Wait for the next request; one timer serves a connection for life, as a new one each time costs more."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.idle_since = self.loop.time()
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self.refusal:
            self._write_refusal()
        elif self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def _unset_keepalive_if_required(self) -> None:
        """The timer runs on while requests come and go."""

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection if it was idle for so long; look again later if it was not."""
        busy = self.in_head or not self.cycle.response_complete
        left = self.timeout_keep_alive if busy else self.idle_since + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited of a closed connection, whatever was read of it last."""
        self._forget_deadline()
        running = self.running
        if running is not None and not running.response_complete:
            running.disconnected = True
            running.message_event.set()
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None
        super().connection_lost(exc)

    def _responded_at_once(self, is_alone: bool) -> bool:
        parser, cycle = self.parser, self.cycle
        method = parser.get_method()
        if (
            (cycle is not None and not cycle.response_complete)
            or method not in PLAIN_METHODS
            or not parser.should_keep_alive()
            or parser.should_upgrade()
            or parser.get_http_version() != "1.1"
            or self.expect_100_continue
            or self.flow.write_paused
        ):
            return False
        url = httptools.parse_url(self.url)
        if not url.path or not url.path.isascii():
            return False
        scope = self.scope
        scope["method"] = method.decode()
        scope["raw_path"] = url.path
        scope["query_string"] = url.query or b""
        wire = self.received if is_alone and self.received.startswith(method) else b""
        response = self.config.loaded_app.respond_at_once(scope, wire, self.server_state.default_headers)
        if response is None:
            return False
        self.transport.write(response)
        self.cycle = _NoCycle  # type: ignore[assignment]
        self.on_response_complete()
        return True

    def _forget_deadline(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def shutdown(self) -> None:
        """Close at once what is idle, and a stream of events, which would never end by itself; soon, half a request."""
        super().shutdown()
        cycle = self.cycle
        if self.in_body:
            self.loop.call_later(LAST_BODY_SECONDS, self._give_up_body)
        if cycle is not None and not cycle.response_complete and cycle.response_started:
            self.transport.close()

    def _give_up_body(self) -> None:
        if self.in_body:
            self.transport.close()

    def _head_is_late(self) -> None:
        self.deadline = None
        self.send_400_response(f"the headers did not arrive within {HEAD_SECONDS} seconds")

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP request in the documented form, after what was asked before, and close."""
        if self.refusal or self.transport.is_closing():
            return
        running = self.running
        others_first = running is not None and not running.response_complete
        if self.in_body and running is not None:
            if self.cycle is not running:
                self.pipeline.popleft()
            elif running.response_started:
                self.transport.close()
                return
            else:
                others_first = False
        self.refusal = _refusal(InvalidHTTPRequest(msg))
        if not others_first:
            self._write_refusal()

    def _write_refusal(self) -> None:
        """Write and close, after a moment in which all that comes is read: a client can lose the answer otherwise."""
        self._forget_deadline()
        self.transport.write(self.refusal)
        self.transport.write_eof()
        self.deadline = self.loop.call_later(LINGER_SECONDS, self.transport.close)


def _refusal(error: ApiError) -> bytes:
    refused_id = request_id(next(_numbers))
    body = orjson.dumps({"requestId": refused_id, "code": error.code, "message": error.text})
    date = strftime("%a, %d %b %Y %H:%M:%S GMT", gmtime())
    head = (
        f"HTTP/1.1 {error.status} Bad Request\r\n"
        f"date: {date}\r\n"
        f"x-bce-request-id: {refused_id}\r\n"
        "content-type: application/json;charset=UTF-8\r\n"
        "server: BWS\r\n"
        f"x-bce-emulator-explain: {error.explanation}\r\n"
        f"content-length: {len(body)}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body
