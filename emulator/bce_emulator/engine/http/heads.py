"""Heads that come again with another signature: what the parser made of the first of them holds for the next.

A client that polls sends the same bytes over and over, but for the authorization string. What stands for that string
changes nothing of how the rest is read, as long as it is plain, so such a head is looked up and not parsed; see
``docs/decisions/0013-heads-that-come-again.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bce_emulator.engine.http.request import AUTHORIZATION, HEAD_END, SHORT, Head, Request

MAX_HEAD_BYTES = 64 * 1024
HEAD_TOO_LONG = f"the request line and the headers are longer than {MAX_HEAD_BYTES} bytes"
TRAILERS_TOO_LONG = f"the trailers of the request are longer than {MAX_HEAD_BYTES} bytes"
CONNECTION_NAMES = frozenset({b"connection", b"proxy-connection"})
ENTRIES = 512
LINE_END = b"\r\n"
MARK = AUTHORIZATION[1:] + b": "
"""What is looked for, whatever the case of the first letter."""
BEFORE = (b"\r\nA", b"\r\na")
"""What stands before it where it is a header's name."""
PLAIN = bytes(range(ord("!"), ord("~") + 1))
"""What ends nothing in a head: no control character, and no blank, of which a parser takes some away."""


class Heads:
    """Those of one server that came last, as they were read, each with its body's length."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], tuple[Head, int]] = {}

    def find(self, data: bytes) -> Request | None:
        """The request that these bytes are, if they are one request whole whose head, but for the signature, is known.

        ``data`` begins where a request can begin.
        """
        if len(data) >= SHORT:
            return None
        text, end, body = data.partition(HEAD_END)
        before, mark, rest = text.partition(MARK)
        string, _, after = rest.partition(LINE_END)
        known = self._known.get((before, after))
        if known is None or not mark or not end:
            return None
        head, length = known
        if len(body) != length or string.translate(None, PLAIN):
            return None
        return Request(head, data, body, string)

    def remember(self, request: Request) -> None:
        """Keep the head of a request that was read whole, if it came as it is; the oldest goes when there are many."""
        wire = request.wire if hasattr(request, "query") else b""  # else its target cannot be decoded
        before, _, rest = wire.partition(HEAD_END)[0].partition(MARK)
        string, _, after = rest.partition(LINE_END)
        header = (AUTHORIZATION, string)
        if not before.endswith(BEFORE) or request.repeated or header not in request.raw_headers:
            return
        self._known[before, after] = request.head.shared(), len(request.body)
        if len(self._known) > ENTRIES:
            del self._known[next(iter(self._known))]


def wrong_head(first: bytes, headers: Collection[tuple[bytes, bytes]]) -> str:
    """Why a head is refused, of whose first line method and target are known; empty if it is not."""
    return HEAD_TOO_LONG if len(first) + len(b"  HTTP/1.1\r\n") + size_of(headers) > MAX_HEAD_BYTES else ""


def wrong_trailers(headers: Collection[tuple[bytes, bytes]]) -> str:
    """Why trailers are refused: they are too long, or the parser would take one for a wish to close."""
    if not CONNECTION_NAMES.isdisjoint(name for name, _ in headers):
        return "Connection is no trailer"
    return TRAILERS_TOO_LONG if size_of(headers) > MAX_HEAD_BYTES else ""


def size_of(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """How many bytes headers have on the wire, at least, with the empty line behind them."""
    return sum(len(name) + len(value) + len(b": \r\n") for name, value in headers) + len(b"\r\n")
