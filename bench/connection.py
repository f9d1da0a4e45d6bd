"""Signed requests, pipelined on one connection."""

from __future__ import annotations

import itertools
import json
import socket
import time

from rates import AK, SK

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

_seconds = itertools.cycle(range(86_400, 186_400))


class Connection:
    """One connection on which requests are pipelined."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=600)
        self._file = self._socket.makefile("rb")

    def ask(self, requests: list[bytes], status: bytes = b"200") -> list[bytes]:
        """The bodies of the answers, which all have this status."""
        self._socket.sendall(b"".join(requests))
        return [self._body(status) for _ in requests]

    def close(self) -> None:
        """Close it."""
        self._file.close()
        self._socket.close()

    def _body(self, status: bytes) -> bytes:
        first, length = self._file.readline(), 0
        if not first:
            raise SystemExit("the server closed the connection")
        while (line := self._file.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        content = self._file.read(length)
        if first.split(b" ")[1] != status:
            raise SystemExit(f"{first!r}: {content[:500]!r}")
        return content


def request(port: int, method: str, target: str, body: dict | None = None, account: str = AK, wrong: str = "") -> bytes:
    """A request that no other one equals: each has another expiration."""
    content, date, host = b"" if body is None else json.dumps(body).encode(), iso(time.time()), f"127.0.0.1:{port}"
    path, _, query = target.partition("?")
    string = authorize(method, host, path, query, date, account, SK, seconds=next(_seconds))
    if wrong:
        string = f"{string[: -len(wrong)]}{wrong}"
    head = f"{method} {target} HTTP/1.1\r\nhost: {host}\r\nx-bce-date: {date}\r\nauthorization: {string}\r\ncontent-length: {len(content)}\r\n\r\n"
    return head.encode() + content
