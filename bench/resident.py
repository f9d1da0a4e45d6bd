"""Resident memory while a stranger does the same again and again: it is to be flat.

A million requests with a wrong signature, each another one; 200,000 creations and releases; 100,000 accounts, of which each is opened by one
list and forgotten. A row each tenth of the way.

    python bench/resident.py [PERCENT [PART]]        PART is 0, 1 or 2; each has a server of its own
"""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable

from rates import AK, SK, start
from sizes import memory

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

PERCENT = float(sys.argv[1]) if len(sys.argv) > 1 else 100
CHOSEN = [int(each) for each in sys.argv[2:]] or [0, 1, 2]
PORT = 8953 + CHOSEN[0]
HOST = f"127.0.0.1:{PORT}"
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
SIGNATURES, INSTANCES, ACCOUNTS = 1_000_000, 200_000, 100_000
PIPELINED = 100
ROWS = 10


class Connection:
    """One connection on which requests are pipelined."""

    def __init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", PORT), timeout=600)
        self._file = self._socket.makefile("rb")

    def ask(self, requests: list[bytes], status: bytes) -> list[bytes]:
        """The bodies of the answers, which all have this status."""
        self._socket.sendall(b"".join(requests))
        return [self._body(status) for _ in requests]

    def _body(self, status: bytes) -> bytes:
        first, length = self._file.readline(), 0
        while (line := self._file.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        content = self._file.read(length)
        if first.split(b" ")[1] != status:
            raise SystemExit(f"{first!r}: {content[:500]!r}")
        return content


def request(method: str, path: str, body: dict | None = None, account: str = AK, wrong: str = "") -> bytes:
    content, date = b"" if body is None else json.dumps(body).encode(), iso(time.time())
    string = authorize(method, HOST, path, "", date, account, SK)
    if wrong:
        string = f"{string[: -len(wrong)]}{wrong}"
    head = f"{method} {path} HTTP/1.1\r\nhost: {HOST}\r\nx-bce-date: {date}\r\nauthorization: {string}\r\ncontent-length: {len(content)}\r\n\r\n"
    return head.encode() + content


def failed(connection: Connection, number: int) -> None:
    wrong = [request("GET", "/v2/zone", wrong=f"{number + each:08x}") for each in range(PIPELINED)]
    connection.ask(wrong, b"400")


def created(connection: Connection, _number: int) -> None:
    order = request("POST", "/v2/instanceBySpec", SPEC | {"purchaseCount": PIPELINED})
    ids = json.loads(connection.ask([order], b"200")[0])["instanceIds"]
    connection.ask([request("DELETE", f"/v2/instance/{each}") for each in ids], b"200")


def opened(connection: Connection, number: int) -> None:
    """Each is forgotten a second after its last use, by the requests that come then."""
    lists = [request("GET", "/v2/instance", account=f"test-{number + each}") for each in range(PIPELINED)]
    connection.ask(lists, b"200")


PARTS: list[tuple[str, int, Callable[[Connection, int], None]]] = [
    ("failed signatures", SIGNATURES, failed),
    ("creations and releases", INSTANCES, created),
    ("accounts opened and forgotten", ACCOUNTS, opened),
]


def measure(name: str, whole: int, act: Callable[[Connection, int], None]) -> None:
    command = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--pace", "instant"]
    server = start([*command, "--log-requests", "off", "--forget-idle", "1"], PORT)
    try:
        connection, count = Connection(), int(whole * PERCENT / 100)
        row = max(count // ROWS, PIPELINED)
        for number in range(0, count, PIPELINED):
            if number % row < PIPELINED:
                print(f"| {name} | {number:,} | {memory(server):.0f} |", flush=True)
            act(connection, number)
        print(f"| {name} | {count:,} | {memory(server):.0f} |", flush=True)
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    print("| what | so far | resident MiB |\n| --- | --- | --- |")
    for part in CHOSEN:
        measure(*PARTS[part])


if __name__ == "__main__":
    main()
