"""Heads that come again with another signature: what the parser made of the first of them holds for the next.

A client that polls sends the same bytes over and over, but for the authorization string. What stands for that string
changes nothing of how the rest is read, as long as it is plain, so such a head is looked up and not parsed; see
``docs/decisions/0013-heads-that-come-again.md``.
"""

from __future__ import annotations

from bce_emulator.engine.http.request import HEAD_END, SHORT, Request
from bce_emulator.engine.http.signature import AUTHORIZATION, SCHEME

ENTRIES = 512
LINE = b"\r\n" + AUTHORIZATION + b": "
MARK = AUTHORIZATION[1:] + f": {SCHEME}/".encode()
"""What is looked for, whatever the case of the first letter."""
VALUE = MARK.index(SCHEME.encode())
PLAIN = bytes(range(ord("!"), ord("~") + 1))
"""What ends nothing in a head: no control character, and no blank, of which a parser takes some away."""


class Heads:
    """Those of one server that came last, each with its request and the body's length."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], tuple[Request, int]] = {}

    def find(self, data: bytes) -> Request | None:
        """The request that these bytes are, if they are one request whole whose head, but for the signature, is known.

        ``data`` begins where a request can begin.
        """
        if len(data) >= SHORT:
            return None
        begin = data.find(MARK) + VALUE
        end = data.find(b"\r", begin)
        head_end = data.find(HEAD_END, end)
        if head_end < 0:  # else what is there of the head would be taken for the body
            return None
        known = self._known.get((data[:begin], data[end:head_end]))
        if known is None:
            return None
        request, length = known
        string, body = data[begin:end], data[head_end + len(HEAD_END) :]
        if len(body) != length or string.translate(None, PLAIN):
            return None
        return request.again(AUTHORIZATION, string, body, data)

    def remember(self, request: Request) -> None:
        """Keep the head of a request that was read whole, if it came as it is; the oldest goes when there are many."""
        wire = request.wire if hasattr(request, "query") else b""  # else its target cannot be decoded
        head_end = wire.find(HEAD_END)
        begin = wire.find(MARK, 0, head_end) + VALUE
        end = wire.find(b"\r", begin)
        header = (AUTHORIZATION, wire[begin:end])
        if wire[begin - len(LINE) : begin].lower() != LINE or request.repeated or header not in request.raw_headers:
            return
        self._known[wire[:begin], wire[end:head_end]] = request.shell(), len(request.body)
        if len(self._known) > ENTRIES:
            del self._known[next(iter(self._known))]
