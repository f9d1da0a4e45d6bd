"""HTTP on the socket: uvicorn's parser, with bounds on what a stranger can send and documented errors.

What arrives is parsed a slice at a time; in between others are served. A request that has arrived whole is answered
where the parser has read its last header, without a task and in one write; why, and what it brings, stands in
``docs/decisions/0003-answer-in-the-parser.md``. All else goes the way of ASGI.
"""

from __future__ import annotations

import sys
from asyncio import TimerHandle, Transport
from typing import TYPE_CHECKING, Any, cast

import httptools
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from bce_emulator.engine.errors import InvalidHTTPRequest
from bce_emulator.engine.http.dispatch import HANDLED
from bce_emulator.engine.http.flow import Flow, NoCycle
from bce_emulator.engine.http.heads import (
    HEAD_TOO_LONG,
    MAX_HEAD_BYTES,
    TRAILERS_TOO_LONG,
    wrong_head,
    wrong_trailers,
)
from bce_emulator.engine.http.refusal import written_refusal
from bce_emulator.engine.http.request import BODY_SECONDS, ENDLESS, Head, Request, Scope, path_and_query
from bce_emulator.engine.http.turns import ACCOUNT
from bce_emulator.engine.http.unread import Unread, Written
from bce_emulator.engine.observe.faults import TRANSPORT

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

    from bce_emulator.engine.http.connections import Connections

HEAD_SECONDS = 30
LINGER_SECONDS = 2
LAST_BODY_SECONDS = 0.5
"""How long the server, when it stops, waits for a body that is arriving."""
LOOK_AGAIN_SECONDS = 0.1
"""How often a server that stops looks whether a response is endless."""
SLICE, TURN = 4 * 1024, 32 * 1024
"""Bytes of one connection that are parsed before others are served: of requests, and of a body that is arriving."""
AT_ONCE = 16
"""Requests of one slice that are answered before others are served."""
PLAIN_METHODS = frozenset({b"GET", b"PUT", b"POST", b"DELETE"})


class Protocol(HttpToolsProtocol):
    """Refuses a request line and headers that are malformed, too long or too slow, as the API refuses things."""

    in_head = in_body = turn_is_due = False
    is_between = False
    """Whether the last request was answered where it was read, and nothing has come since; and the client reads."""
    idle_since = 0.0
    line_bytes = 0
    """How long the head is that has not ended, or the line or the trailers of a chunked body."""
    deadline: TimerHandle | None = None
    backlog = b""
    """What has arrived and is not parsed yet."""
    at_once = AT_ONCE
    """How many more requests are answered at once before others are served."""
    received = begun_in = b""
    again = b""
    """What is to be parsed once more, without the wish for another protocol."""
    refusal = b""
    """The last answer of the connection; it waits for those before it, and what comes behind is not read."""
    running: RequestResponseCycle | None = None
    """The request being answered, behind which others can wait."""
    put_off: Scope | None = None
    """What its scope is told of a request that has to wait, once it is parsed."""
    is_one_part = True
    """Whether all of what was received last belongs to one head, one line of a chunked body or its trailers."""
    flow: Flow
    scope: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log, self.scope = False, {}
        self.open_connections: Connections = self.config.loaded_app.connections
        self.turns = self.open_connections.turns
        self.respond_again = self.config.loaded_app.respond_again

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A new connection has some seconds for its first head, and may push out one that was silent for longer."""
        super().connection_made(transport)
        self.flow = Flow(transport, self._plan_turn, self.open_connections.backlogs)
        self.unread = Unread(self.loop, transport, self.open_connections.unread)
        self.idle_since = self.loop.time()
        self.deadline = self.loop.call_later(HEAD_SECONDS, self._head_is_late)
        self.open_connections.opened(self, len(self.connections))

    def data_received(self, data: bytes) -> None:
        """Parse what has arrived; of more than a slice, the rest when others have been served."""
        if self.refusal:
            return
        if self.backlog or self.pipeline or len(data) > SLICE:
            self.backlog += data
            self.flow.hold(len(self.backlog))
            if not self.turn_is_due:
                self._take_turn()
        elif len(self.connections) == 1 or self.turns.admits(self.scope.get(ACCOUNT, "")):
            self.at_once = AT_ONCE
            if not (self.is_between and self._responded_again(data)):
                self._receive(data)
        else:
            self.backlog = data
            self._plan_turn()

    def _plan_turn(self) -> None:
        if not self.turn_is_due:
            self.turn_is_due = True
            self.turns.wait(self.scope.get(ACCOUNT, ""), self._take_turn)

    def _take_turn(self) -> None:
        """Parse some, unless requests wait already, or a body that nobody has taken; who takes it plans a turn."""
        self.turn_is_due = False
        self.at_once, parsed = AT_ONCE, 0
        while self.backlog and parsed < TURN and self.at_once == AT_ONCE and self._may_parse():
            data, self.backlog = self.backlog[:SLICE], self.backlog[SLICE:]
            if not (self.is_between and self._responded_again(data)):
                self._receive(data)
            parsed += SLICE
        if not self.backlog:
            self.flow.let_go(resume=self._may_parse())
        elif self._may_parse():
            self._plan_turn()

    def _may_parse(self) -> bool:
        """Whether there is room for another request, or for more of a body."""
        cycle = self.cycle
        is_full = self.in_body and not cycle.response_complete and len(cycle.body) > HIGH_WATER_LIMIT
        return not (self.pipeline or is_full or self.refusal or self.transport.is_closing())

    def _receive(self, data: bytes) -> None:
        """Count the bytes of a head that is not whole yet, and give it some seconds; trailers count as a head does."""
        self._parse(data)
        while self.again and not (self.refusal or self.transport.is_closing()):
            self._parse(self.again)
        if not (self.in_head or self.in_body) or self.transport.is_closing():
            self.open_connections.grows(self, 0, 0)
            return
        self.line_bytes += len(data) if self.is_one_part else 0
        self.open_connections.grows(self, self.line_bytes, len(self.headers))
        if self.line_bytes > MAX_HEAD_BYTES:
            self.send_400_response(HEAD_TOO_LONG if self.in_head else TRAILERS_TOO_LONG)
        elif self.in_head and self.deadline is None:
            self.deadline = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _parse(self, data: bytes) -> None:
        self.received, self.again, self.is_one_part = data, b"", True
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A head begins."""
        self.in_head = True
        self.is_between = False
        self.line_bytes = 0
        self.begun_in = self.received
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole: answer now if that can be done, else let uvicorn start a task."""
        is_alone = self.is_one_part and self.begun_in is self.received
        if not is_alone or len(self.received) > MAX_HEAD_BYTES:
            self._check(wrong_head(self.parser.get_method() + self.url, self.headers))
        self.is_one_part = self.in_head = False
        self._forget_deadline()
        if not (self._declines() or self._responded_at_once(is_alone)):
            self.turns.send()
            self.open_connections.busy(self)
            self.scope["state"][TRANSPORT] = self.transport
            super().on_headers_complete()
            self.cycle.transport = cast(Transport, Written(self.unread, self.cycle))
            self.headers, self.in_body = [], True  # what comes now are trailers, which are no headers

    def on_chunk_header(self) -> None:
        """The line before a chunk has ended."""
        self.is_one_part = False
        self.line_bytes = 0

    def on_body(self, body: bytes) -> None:
        """Some of the body."""
        self.is_one_part = False
        self.line_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole, unless it is one to be parsed again."""
        if self.in_body:
            self._check(wrong_trailers(self.headers))
            self._forget_deadline()
        self.is_one_part = self.in_body = False
        if not self._declines():
            super().on_message_complete()

    def _declines(self) -> bool:
        """Whether the request wishes for another protocol, such as HTTP/2: the parser then leaves its body alone."""
        return bool(self.parser.should_upgrade())

    def _check(self, wrong: str) -> None:
        """Refuse what is wrong, however it arrived; the error ends the parser's work."""
        if wrong:
            self.send_400_response(wrong)
            raise ValueError(wrong)

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
        if self.transport.is_closing():
            return
        self.idle_since = self.loop.time()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self.refusal:
            self._write_refusal()
        else:
            self.open_connections.silent(self)
            if self.in_body and self.deadline is None:
                self.deadline = self.loop.call_later(BODY_SECONDS, self.transport.close)
            if self.timeout_keep_alive_task is None:
                self.timeout_keep_alive_task = self.loop.call_later(
                    self.timeout_keep_alive, self.timeout_keep_alive_handler
                )
        if not self.pipeline:
            self.flow.resume_reading()

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

    def eof_received(self) -> None:
        """The client sends nothing any more: the connection closes when all is written."""
        self.turns.send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited of a closed connection, whatever was read of it last."""
        self.open_connections.closed(self)
        self.backlog = b""
        self.flow.forget()
        self._forget_deadline()
        self.unread.forget()
        running = self.running
        if running is not None and not running.response_complete:
            running.disconnected = True
            running.message_event.set()
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None
        super().connection_lost(exc)
        self.pipeline.clear()  # which leads in a circle, as the others do
        self.cycle, self.running = NoCycle, None  # type: ignore[assignment]

    def _responded_again(self, data: bytes) -> bool:
        """Answer a request that need not be parsed, as its head came before with another signature."""
        response = self.respond_again(data, self.scope, self.server_state.default_headers)
        if response:
            self.idle_since = self.loop.time()
            self.unread.written = len(response)
            self.open_connections.send(self.transport, response, len(self.connections))
            return True
        if response is not None:
            self.put_off = {HANDLED: self.scope.pop(HANDLED, None)}
        return False

    def _responded_at_once(self, is_alone: bool) -> bool:
        parser, scope = self.parser, self.scope
        method = parser.get_method()
        if self.put_off is not None:
            scope.update(self.put_off)
            self.put_off = None
            return False
        cycle = self.cycle
        if (
            not self.at_once
            or not (cycle is None or cycle.response_complete)
            or self.flow.write_paused
            or method not in PLAIN_METHODS
            or not parser.should_keep_alive()
            or parser.get_http_version() != "1.1"
            or self.expect_100_continue
        ):
            return False
        path, query = path_and_query(self.url)
        if not path or not path.isascii():
            return False
        scope["method"], scope["raw_path"], scope["query_string"] = method.decode(), path, query
        wire = self.received if is_alone and self.received.startswith(method) else b""
        request = Request(Head(scope), wire)
        response = self.config.loaded_app.respond_at_once(request, scope, self.server_state.default_headers)
        return bool(response) and self._respond(response)

    def _respond(self, response: bytes) -> bool:
        self.at_once -= 1
        self.is_between = True
        self.unread.written = len(response)
        self.open_connections.send(self.transport, response, len(self.connections))
        self.cycle = NoCycle  # type: ignore[assignment]
        self.on_response_complete()
        return True

    def _forget_deadline(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def pause_writing(self) -> None:
        """Much waits to be read: see later whether the client reads at all."""
        super().pause_writing()
        self.is_between = False
        self.unread.watch()

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        self.unread.forget()

    def shutdown(self) -> None:
        """Close at once what is idle, and a stream of events, which would never end by itself; soon, half a request."""
        self.turns.send()
        super().shutdown()
        cycle = self.cycle
        if self.in_body:
            self.loop.call_later(LAST_BODY_SECONDS, self._give_up_body)
        if cycle is not None and not cycle.response_complete:
            if cycle.disconnected or cycle.scope["state"].get(ENDLESS):
                self.transport.close()
            else:  # it may turn out to be endless
                self.loop.call_later(LOOK_AGAIN_SECONDS, self.shutdown)

    def _give_up_body(self) -> None:
        if self.in_body:
            self.transport.close()

    def _head_is_late(self) -> None:
        self.deadline = None
        if self.in_head:
            self.send_400_response(f"the headers did not arrive within {HEAD_SECONDS} seconds")
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP request in the documented form, after what was asked before, and close."""
        if self.refusal or self.transport.is_closing():
            return
        self.is_between = False
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
                running.disconnected = True  # what was read of it is nobody's request
                running.message_event.set()
        self.refusal = written_refusal(InvalidHTTPRequest(msg))
        if not others_first:
            self._write_refusal()

    def _write_refusal(self) -> None:
        """Write and close, after a moment in which all that comes is read: a client can lose the answer otherwise."""
        self._forget_deadline()
        self.backlog = b""
        self.flow.let_go(resume=True)
        self.turns.send()
        self.transport.write(self.refusal)
        self.transport.write_eof()
        self.deadline = self.loop.call_later(LINGER_SECONDS, self.transport.close)
