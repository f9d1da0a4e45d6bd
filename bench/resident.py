"""Resident memory while a stranger does the same again and again: it is to be flat.

A million requests with a wrong signature, each another one; 200,000 creations and releases; 100,000 accounts, of which each is opened by one
list and forgotten; 50,000 connections, 500 at a time. A row each tenth of the way.

    python bench/resident.py [PERCENT [PART]]        PART is 0 to 3; each has a server of its own
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from connection import Connection, request
from rates import start
from sizes import memory

PERCENT = float(sys.argv[1]) if len(sys.argv) > 1 else 100
CHOSEN = [int(each) for each in sys.argv[2:]] or [0, 1, 2, 3]
PORT = 8953 + CHOSEN[0]
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
SIGNATURES, INSTANCES, ACCOUNTS, CONNECTIONS = 1_000_000, 200_000, 100_000, 50_000
PIPELINED, AT_ONCE = 100, 500
ROWS = 10


def failed(connection: Connection, number: int) -> None:
    wrong = [request(PORT, "GET", "/v2/zone", wrong=f"{number + each:08x}") for each in range(PIPELINED)]
    connection.ask(wrong, b"400")


def created(connection: Connection, _number: int) -> None:
    order = request(PORT, "POST", "/v2/instanceBySpec", SPEC | {"purchaseCount": PIPELINED})
    ids = json.loads(connection.ask([order])[0])["instanceIds"]
    connection.ask([request(PORT, "DELETE", f"/v2/instance/{each}") for each in ids])


def opened(connection: Connection, number: int) -> None:
    """Each is forgotten a second after its last use, by the requests that come then."""
    lists = [request(PORT, "GET", "/v2/instance", account=f"test-{number + each}") for each in range(PIPELINED)]
    connection.ask(lists)


def connected(_connection: Connection, number: int) -> None:
    """Each asks once, and all are closed together, when there are many of them."""
    if number % AT_ONCE == 0:
        asked = request(PORT, "GET", "/v2/zone")
        clients = [Connection(PORT) for _ in range(AT_ONCE)]
        for client in clients:
            client.ask([asked])
        for client in clients:
            client.close()


PARTS: list[tuple[str, int, Callable[[Connection, int], None]]] = [
    ("failed signatures", SIGNATURES, failed),
    ("creations and releases", INSTANCES, created),
    ("accounts opened and forgotten", ACCOUNTS, opened),
    ("connections opened and closed", CONNECTIONS, connected),
]


def measure(name: str, whole: int, act: Callable[[Connection, int], None]) -> None:
    command = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--pace", "instant"]
    server = start([*command, "--log-requests", "off", "--forget-idle", "1"], PORT)
    try:
        connection, count = Connection(PORT), int(whole * PERCENT / 100)
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
