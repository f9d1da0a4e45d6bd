"""A request and an answer, as the engine sees them: what arrived, before any framework touches it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import cache, lru_cache
from http import HTTPStatus
from itertools import chain
from operator import attrgetter
from typing import Any
from urllib.parse import unquote_to_bytes

import httptools

from bce_emulator.engine.cache import cached
from bce_emulator.engine.errors import ApiError, InappropriateJSON, InvalidHTTPRequest, InvalidURI, MalformedJSON
from bce_emulator.engine.http.arriving import Arriving

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Json = dict[str, Any]

ENDLESS = "emulator.endless"
"""Under which name the state of a scope says that its response never ends by itself."""
BODY_SECONDS = 30
HEAD_END = b"\r\n\r\n"
SHORT = 1024
"""A request of fewer bytes is kept as it came."""
WHOLE = (
    b"%b%bx-bce-request-id: %b\r\ncontent-type: application/json;charset=UTF-8\r\nserver: BWS\r\n"
    b"content-length: %d\r\n\r\n%b"
)
MAX_QUERY_ITEMS = 1_000
AUTHORIZATION = b"authorization"
MD5, SHA256 = b"content-md5", b"x-bce-content-sha256"


class Disconnected(Exception):
    """The client went away before its request was whole; nobody is left to answer."""


class BodyTooLong(Exception):
    """The body is longer than allowed."""


class BodyTooSlow(Exception):
    """The body did not arrive in time."""


async def read_body(receive: Receive, max_bytes: int) -> bytes:
    """The whole body of a request, which is neither too long nor too slow."""
    chunks = await read_chunks(receive, max_bytes)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def read_chunks(receive: Receive, max_bytes: int) -> list[bytes]:
    """The same as it arrived."""
    chunks: list[bytes] = []
    left = max_bytes
    more = True
    try:
        async with asyncio.timeout(BODY_SECONDS) as deadline:
            with Arriving(deadline) as arriving:
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Disconnected
                    chunk: bytes = message.get("body", b"")
                    left -= len(chunk)
                    if left < 0:
                        raise BodyTooLong(f"the body is longer than {max_bytes} bytes")
                    arriving.add(len(chunk))
                    chunks.append(chunk)
                    more = message.get("more_body", False)
    except TimeoutError:
        if arriving.is_given_up:
            raise BodyTooSlow("too many bodies are arriving, and this one takes longest") from None
        raise BodyTooSlow(f"the body did not arrive within {BODY_SECONDS} seconds") from None
    return chunks


class Head:
    """Method, target and headers of a request, and what was worked out from them for all that only differ in signature.

    ``canonical`` are canonical requests by the names of the signed headers, if others with the same head share them;
    ``date`` is what the client's clock said, ``found`` the operation, ``region`` the one that the host names, and
    ``names_digest`` says whether a header is a digest of the body.
    """

    __slots__ = (
        "canonical", "date", "found", "headers", "host", "in_order", "method", "names_digest", "path", "query",
        "query_string", "raw_path", "region", "repeated",
    )  # fmt: skip

    path: str
    query: tuple[tuple[str, str], ...]

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self.raw_path: bytes = scope["raw_path"]
        self.query_string: bytes = scope["query_string"]
        self.in_order: list[tuple[bytes, bytes]] | None = scope["headers"]
        self.repeated: set[bytes] | None = None
        self.canonical: dict[tuple[bytes, ...], bytes] | None = None
        self.found: Any = None
        self.region = ""
        self.headers: dict[bytes, bytes] = {}
        headers = self.headers
        for name, value in scope["headers"]:
            if name in headers:
                self.repeated = self.repeated or set()
                self.repeated.add(name)
            else:
                headers[name] = value
        self.host = headers.get(b"host", b"").decode("latin-1")
        self.date = (headers.get(b"x-bce-date") or headers.get(b"date", b"")).decode("latin-1")
        self.names_digest = MD5 in headers or SHA256 in headers

    def shared(self) -> Head:
        """The same for all that differ in their authorization, in which no header comes twice."""
        head = Head({"method": self.method, "raw_path": self.raw_path, "query_string": self.query_string,
                     "headers": list(self.headers.items())})  # fmt: skip
        head.path, head.query, head.in_order, head.canonical = self.path, self.query, None, {}
        return head


class Request:
    """One request: method, target, headers and body, as bytes where a signature covers them.

    ``signed`` is what the Authorization header says where the head is shared.
    """

    __slots__ = ("_headers", "body", "head", "signed", "wire")

    method: str = property(attrgetter("head.method"))  # type: ignore[assignment]
    raw_path: bytes = property(attrgetter("head.raw_path"))  # type: ignore[assignment]
    query_string: bytes = property(attrgetter("head.query_string"))  # type: ignore[assignment]
    path: str = property(attrgetter("head.path"))  # type: ignore[assignment]
    query: tuple[tuple[str, str], ...] = property(attrgetter("head.query"))  # type: ignore[assignment]
    host: str = property(attrgetter("head.host"))  # type: ignore[assignment]
    repeated: set[bytes] | None = property(attrgetter("head.repeated"))  # type: ignore[assignment]

    def __init__(self, head: Head, wire: bytes = b"", body: bytes = b"", signed: bytes | None = None) -> None:
        self.head = head
        self._headers: dict[bytes, bytes] | None = None
        self.signed = signed
        self.body = body
        self.wire = wire

    @property
    def headers(self) -> dict[bytes, bytes]:
        """The headers by their names in lower case; of one that comes twice, the first."""
        if self._headers is None:
            shared, signed = self.head.headers, self.signed
            self._headers = shared if signed is None else shared | {AUTHORIZATION: signed}
        return self._headers

    @property
    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """The headers in the order in which they came, one that comes twice twice."""
        in_order = self.head.in_order
        return list(self.headers.items()) if in_order is None else in_order

    @property
    def head_bytes(self) -> int:
        """How many bytes the head has, but for what separates its parts."""
        return len(self.raw_path) + len(self.query_string) + sum(map(len, chain.from_iterable(self.raw_headers)))

    def packed(self) -> bytes:
        """Head and body in one piece, as they went over the wire but for a transfer coding."""
        target = self.raw_path + b"?" + self.query_string if self.query_string else self.raw_path
        lines = [b"%b: %b\r\n" % header for header in self.raw_headers]
        return b"%b %b HTTP/1.1\r\n%b\r\n%b" % (self.method.encode(), target, b"".join(lines), self.body)

    @classmethod
    def unpacked(cls, wire: bytes) -> Request:
        """The request that was packed."""
        head, _, body = wire.partition(HEAD_END)
        first, *lines = head.split(b"\r\n")
        method, _, rest = first.partition(b" ")
        target = rest.rpartition(b" ")[0].strip(b" ").partition(b"#")[0]
        scheme, mark, rest = target.partition(b"://")
        if mark and b"/" not in scheme:
            target = b"/" + rest.partition(b"/")[2]
        raw_path, _, query_string = target.partition(b"?")
        pairs = [line.partition(b":") for line in lines if line]
        headers = [(name.lower(), value.lstrip(b" \t")) for name, _, value in pairs]
        scope = {"method": method.decode(), "raw_path": raw_path, "query_string": query_string, "headers": headers}
        request = cls(Head(scope), body=body)
        with suppress(ApiError):
            request.decode()
        return request

    def decode(self) -> None:
        """Read path and query, percent-decoded once, so that verification and handlers share the result.

        ``+`` stays a plus sign; %2F in the path is refused, since signatures cannot tell it from a slash.
        """
        head = self.head
        head.path = decoded_path(head.raw_path)
        head.query = decoded_query(head.query_string) if head.query_string else ()

    def has_arrived(self, max_body_bytes: int) -> bool:
        """Whether there is no more to read: take the body, if there is one, from what came in one piece with the head.

        What came is kept as ``wire`` if it is nothing but this request, and short.
        """
        wire = self.wire
        head_bytes = wire.find(HEAD_END) + len(HEAD_END)
        if self.has_body:
            body = wire[head_bytes:]
            headers = self.head.headers
            length = headers.get(b"content-length")
            if not wire or length != b"%d" % len(body) or len(body) > max_body_bytes or b"transfer-encoding" in headers:
                return False
            self.body = body
        elif head_bytes != len(wire):
            self.wire = b""
        if len(wire) >= SHORT:
            self.wire = b""
        return True

    @property
    def has_body(self) -> bool:
        """Whether the headers announce a body, be it empty or not."""
        headers = self.head.headers
        return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers

    async def read(self, receive: Receive, max_bytes: int) -> None:
        """Read the whole body, so that nothing waits later."""
        try:
            self.body = await read_body(receive, max_bytes)
        except (BodyTooLong, BodyTooSlow) as error:
            raise InvalidHTTPRequest(str(error)) from None

    def header(self, name: bytes) -> str:
        """The value of a header, or an empty string."""
        return self.headers.get(name, b"").decode("latin-1")

    def json(self) -> Json:
        """The body as a JSON object; an absent body is the empty one."""
        return parse_object(self.body)


@cached
def path_and_query(target: bytes) -> tuple[bytes, bytes]:
    """Both as they came, be the target a path or a whole URL; what is not there is empty."""
    url = httptools.parse_url(target)
    return url.path or b"", url.query or b""


@cached
def decoded_path(raw_path: bytes) -> str:
    """The path of a request target, percent-decoded."""
    if b"%2f" in raw_path or b"%2F" in raw_path:
        raise InvalidURI("the path contains %2F, which a signature cannot tell from a slash")
    try:
        return unquote_to_bytes(raw_path).decode()
    except UnicodeDecodeError:
        raise InvalidURI("the path is not UTF-8") from None


@cached
def decoded_query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    """The items of a query string, percent-decoded."""
    parts = [part for part in query_string.split(b"&") if part]
    if len(parts) > MAX_QUERY_ITEMS:
        raise InvalidURI(f"the query has more than {MAX_QUERY_ITEMS} items")
    try:
        return tuple(
            (unquote_to_bytes(key).decode(), unquote_to_bytes(value).decode())
            for key, _, value in (part.partition(b"=") for part in parts)
        )
    except UnicodeDecodeError:
        raise InvalidURI("the query is not UTF-8") from None


def parse_object(body: bytes) -> Json:
    """Parse a JSON object strictly: no member twice, no NaN, nothing that could not be written back."""
    if not body or body == b"{}":
        return {}
    try:
        text = body.decode()
        value = _DECODER.decode(text)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()  # refuses lone surrogates
    except UnicodeDecodeError:
        raise InvalidHTTPRequest("the body is not UTF-8") from None
    except (ValueError, RecursionError, TypeError) as error:
        raise MalformedJSON(str(error)[:200]) from None
    if not isinstance(value, dict):
        raise InappropriateJSON("the body is not a JSON object")
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> Json:
    value = dict(pairs)
    if len(value) != len(pairs):
        repeated = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise ValueError(f"member {repeated[:100]!r} is there twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_repeats, parse_constant=_no_constant)


class Response:
    """One answer: status, a whole JSON body, and what the emulator adds in headers."""

    __slots__ = ("body", "explanation", "further", "status")

    def __init__(
        self, status: int, body: bytes, explanation: str = "", further: tuple[tuple[bytes, bytes], ...] = ()
    ) -> None:
        self.status = status
        self.body = body
        self.explanation = explanation
        self.further = further

    def headers(self, request_id: str) -> list[tuple[bytes, bytes]]:
        """The headers; Content-Length is always there, and the connection is the server's business."""
        headers = [
            (b"x-bce-request-id", request_id.encode()),
            (b"content-type", b"application/json;charset=UTF-8"),
            (b"server", b"BWS"),
            (b"content-length", b"%d" % len(self.body)),
        ]
        if self.explanation:
            headers.append((b"x-bce-emulator-explain", _header_safe(self.explanation)))
        return [*headers, *self.further]

    def whole(self, request_id: str, server_headers: list[tuple[bytes, bytes]]) -> bytes:
        """The answer as it goes over the wire, with the headers that the server adds."""
        lines = header_lines((*server_headers, *self.further)) if server_headers or self.further else b""
        if self.explanation:
            lines += b"x-bce-emulator-explain: %b\r\n" % _header_safe(self.explanation)
        return WHOLE % (status_line(self.status), lines, request_id.encode(), len(self.body), self.body)

    async def send(self, send: Send, request_id: str) -> None:
        """Write the answer."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers(request_id)})
        await send({"type": "http.response.body", "body": self.body})


@cache
def status_line(status: int) -> bytes:
    """The first line of an answer."""
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()


@lru_cache(64)
def header_lines(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """Headers as they go over the wire."""
    return b"".join([b"%b: %b\r\n" % header for header in headers])


def printable(text: str) -> str:
    """A text as one word of a line that is logged."""
    return text if text.isprintable() and " " not in text else repr(text)[1:-1].replace(" ", "\\x20")


def _header_safe(text: str) -> bytes:
    return "".join(char if " " <= char <= "~" else "?" for char in text[:500]).encode()
