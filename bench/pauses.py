"""How long one heavy call keeps another client waiting: the slowest answer that a probing client gets beside it."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rates import AK, SK, call, start

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

FORK = multiprocessing.get_context("fork")
PORT = 8951
OTHER = "test-probe"
"""The access key of the client that probes: calls of one account wait for each other."""
ROUNDS = 5
INSTANCES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
CONTROL = "/_emulator/"
PROBE = f"GET /v2/zone HTTP/1.1\r\nhost: 127.0.0.1:{PORT}\r\n"


class Heavy(NamedTuple):
    """A heavy call, and what is called before it so that it is heavy again."""

    name: str
    method: str
    target: str
    body: bytes = b""
    before: Callable[[], object] = lambda: None
    is_wrong: bool = False


def send(
    method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None, is_wrong: bool = False
) -> bytes:
    """One call on a connection of its own; nothing of the answer is parsed, as that would hold the probe up."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=600)
    if not target.startswith(CONTROL) and headers is None:
        path, _, query = target.partition("?")
        date = iso(time.time())
        string = authorize(method, f"127.0.0.1:{PORT}", path, query, date, AK, SK)
        headers = {"x-bce-date": date, "authorization": string, "content-type": "application/json"}
    connection.request(method, target, body or None, headers or {})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status >= 400 and not is_wrong:
        raise SystemExit(f"{method} {target} was refused: {content.decode()}")
    return content


def probe(connection: socket.socket, headers: bytes) -> float:
    """How long a small call takes, in milliseconds."""
    began = time.perf_counter()
    connection.sendall(headers)
    received = connection.recv(65_536)
    while b"}" not in received[-2:]:
        received += connection.recv(65_536)
    return (time.perf_counter() - began) * 1_000


def beside(heavy: Heavy) -> tuple[float, float]:
    """How long a heavy call took, and the slowest of the small ones that were sent meanwhile, in milliseconds."""
    heavy.before()
    date = iso(time.time())
    string = authorize("GET", f"127.0.0.1:{PORT}", "/v2/zone", "", date, OTHER, SK)
    headers = f"{PROBE}x-bce-date: {date}\r\nauthorization: {string}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", PORT)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(20):
            probe(connection, headers)
        # In a process of its own: in a thread, what it does with a long answer would hold the probe up.
        sender = FORK.Process(target=send, args=(heavy.method, heavy.target, heavy.body, None, heavy.is_wrong))
        began = time.perf_counter()
        sender.start()
        longest = 0.0
        while sender.is_alive():
            longest = max(longest, probe(connection, headers))
        took = (time.perf_counter() - began) * 1_000
        if sender.exitcode:
            raise SystemExit(sender.exitcode)
    return took, longest


def fill(account: str = "") -> None:
    """Have so many instances, in as many zones as there are, as a subnet is full with 4,093."""
    send("POST", f"{CONTROL}reset")
    send("PUT", f"{CONTROL}clock", b'{"frozen": true}')
    zones = [zone["zoneName"] for zone in call(PORT, "GET", "/v2/zone")["zones"]]
    for number in range(INSTANCES // 100):
        call(PORT, "POST", "/v2/instanceBySpec", SPEC | {"purchaseCount": 100, "zoneName": zones[number % len(zones)]})


def hostile() -> str:
    """The id of a request whose signature nothing explains, of many headers and query items."""
    query = "&".join(f"key{number}=%e5%81%9c{number}" for number in range(60))
    headers = {f"x-bce-{number}": f"value {number}" for number in range(30)}
    string = authorize("GET", "elsewhere", "/v2/zone", query, iso(time.time()), AK, SK)
    told = send("GET", f"/v2/instance?{query}", b"", headers | {"authorization": string}, is_wrong=True)
    return str(json.loads(told)["requestId"])


def heavies() -> Iterator[Heavy]:
    order = json.dumps(SPEC | {"purchaseCount": 100}).encode()
    yield Heavy("a page of 1,000 instances", "GET", "/v2/instance?maxKeys=1000")
    yield Heavy("CreateInstanceBySpec of 100", "POST", "/v2/instanceBySpec", order)
    yield Heavy("CreateKeypair", "POST", "/v2/keypair", b'{"name": "mine"}')
    yield Heavy("GET state", "GET", f"{CONTROL}state")
    document = send("GET", f"{CONTROL}state")
    print(f"The document has {len(document) / 1e6:.1f} MB.\n", file=sys.stderr)
    yield Heavy("PUT state of another account", "PUT", f"{CONTROL}state?account=test-put", document)
    yield Heavy("state/fork", "POST", f"{CONTROL}state/fork", b'{"from": "test", "to": "test-fork"}')
    yield Heavy("state/diff with now", "POST", f"{CONTROL}state/diff", b'{"before": %b}' % document)
    yield Heavy("reset of a fork", "POST", f"{CONTROL}reset?account=test-fork")
    yield Heavy("accounts", "GET", f"{CONTROL}accounts")
    yield Heavy("metrics", "GET", f"{CONTROL}metrics")
    yield Heavy("the page", "GET", CONTROL)
    yield Heavy("resources, as the page asks for them", "GET", f"{CONTROL}resources")
    yield Heavy("api.json", "GET", f"{CONTROL}api.json")
    for _ in range(1_000):
        call(PORT, "GET", "/v2/zone")
    yield Heavy("journal of 1,000", "GET", f"{CONTROL}journal?limit=1000")
    expected = b'{"operation": "StopInstance", "resource": "i-nobody00"}'
    yield Heavy("journal/verify over 1,000", "POST", f"{CONTROL}journal/verify", expected)
    yield Heavy("explain of a hostile request", "GET", f"{CONTROL}requests/{hostile()}/explain")
    seconds = b'{"seconds": 600}'
    yield Heavy(f"clock over {INSTANCES:,} creations", "POST", f"{CONTROL}clock/advance", seconds, fill)


def firsts() -> Iterator[Heavy]:
    """What makes something the first time."""
    order = json.dumps(SPEC | {"purchaseCount": 100}).encode()
    yield Heavy("the first control call", "GET", f"{CONTROL}version")
    yield Heavy("the first CreateInstanceBySpec of 100", "POST", "/v2/instanceBySpec", order)
    listener = b'{"listenerPort": 80, "backendPort": 80, "scheduler": "RoundRobin"}'
    yield Heavy("the first CreateBlbHttpListener", "POST", "/v1/blb/lb-nobody00/HTTPlistener", listener, is_wrong=True)
    yield Heavy("the first metrics", "GET", f"{CONTROL}metrics")
    yield Heavy("the first openapi.json", "GET", f"{CONTROL}openapi.json")
    yield Heavy("the first operations", "GET", f"{CONTROL}operations")
    yield Heavy("the first api.json", "GET", f"{CONTROL}api.json")


def serve() -> subprocess.Popen:
    command = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--pace", "realistic"]
    return start([*command, "--log-requests", "off", "--metrics", "on", "--max-state-bytes", str(64 << 20)], PORT)


def measure_firsts() -> None:
    """Each once in a run of a server's own; a refusal of what is not there is read as any other request is."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(ROUNDS):
        server = serve()
        for heavy in firsts():
            found.setdefault(heavy.name, []).append(beside(heavy))
        server.terminate()
        server.wait()
    for name, each in found.items():
        took, longest = zip(*each, strict=True)
        print(f"| {name} | {statistics.median(took):.0f} | {statistics.median(longest):.1f} | {max(longest):.1f} |")


def main() -> None:
    server = serve()
    try:
        fill()
        send("POST", f"{CONTROL}clock/advance", b'{"seconds": 600}')
        idle = beside(Heavy("live", "GET", f"{CONTROL}live"))[1]
        print(f"{INSTANCES:,} instances; beside a call that does nothing the slowest answer takes {idle:.1f} ms.\n")
        print(
            "| call | takes, ms | slowest answer to another client, ms | in the worst of 5 |\n| --- | --- | --- | --- |"
        )
        for heavy in heavies():
            took, longest = zip(*(beside(heavy) for _ in range(ROUNDS if heavy.before is not fill else 2)), strict=True)
            print(
                f"| {heavy.name} | {statistics.median(took):.0f} | {statistics.median(longest):.1f} | {max(longest):.1f} |",
                flush=True,
            )
    finally:
        server.terminate()
        server.wait()
    measure_firsts()


if __name__ == "__main__":
    main()
