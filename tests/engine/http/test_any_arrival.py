"""Conversations made by chance from a seed: however their bytes are cut, the answers and the journal are the same.

``CONVERSATIONS=20000 pytest tests/engine/http/test_any_arrival.py`` looks at more of them.
"""

from __future__ import annotations

import json
import os
import random
import re
import select
import socket
from contextlib import ExitStack
from itertools import pairwise

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.cloud import NOW
from tests.control.conftest import eventually
from tests.raw import exchange, request_bytes

CONVERSATIONS = int(os.environ.get("CONVERSATIONS", "150"))
HOST = "bcc.bj.localhost"
INSTANCE = "/v2/instance/i-YufwpQAe"
MAX_BODY = 2_000
TARGETS = [
    ("GET", "/v2/zone"),
    ("GET", "/v2/instance"),
    ("GET", "/v2/nothing"),
    ("GET", "/v2/zone?u=http://y/z"),
    ("GET", "http://x/v2/zone"),
    ("GET", "http://x"),
    ("GET", "*"),
    ("GET", "x/y"),
    ("HEAD", "/v2/zone"),
    ("PATCH", "/v2/zone"),
    ("get", "/v2/zone"),
    ("OPTIONS", "*"),
    ("CONNECT", "x:80"),
    ("CONNECT", "http://x/y"),
    ("POST", "/v2/keypair"),
    ("POST", "/v2/instanceBySpec"),
    ("POST", "/_emulator/reset"),
    ("PUT", f"{INSTANCE}?reboot"),
    ("PUT", f"{INSTANCE}?stop"),
    ("PUT", f"{INSTANCE}?start"),
    ("DELETE", INSTANCE),
]
BODIES = [b"", b"", b"{}", b'{"name": "a"}', b'{"forceStop": false}', b'{\r\n\r\n"name":"b"}', b"x" * 900, b"x" * 1_900]
BODIES += [b"x" * MAX_BODY, b"x" * (MAX_BODY + 1), b'{"name":"%b"}' % (b"y" * 600)]
HEADERS = [
    ("Connection", "keep-alive"),
    ("Connection", "close"),
    ("Connection", "upgrade, http2-settings"),
    ("Expect", "100-continue"),
    ("Upgrade", "h2c"),
    ("X-Note", "\xff\xe9"),
    ("X-Long", "z" * 700),
    ("X-Long", "z" * 2_000),
]
TRAILERS = [
    b"X-Note: a\r\n",
    b"Host: evil.example\r\n",
    b"Authorization: bce-auth-v1/test/x/1/host/y\r\n",
    b"Origin: http://evil.example\r\n",
    b"Expect: 100-continue\r\n",
    b"Connection: close\r\n",
    b"Upgrade: h2c\r\nConnection: Upgrade\r\n",
    b"Content-Length: 3\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"no trailer\r\n",
    b"X-Long: " + b"z" * 3_000 + b"\r\n",
]
WISHES = [[("Connection", "Upgrade"), ("Upgrade", wish)] for wish in ("h2c", "websocket")]
MALFORMED = [
    b"\x00\x01 junk\r\n\r\n",
    b"GET /v2/zone HTTP/1.1\r\nbad header\r\n\r\n",
    b"GET /v2/zone HTTP/9.9\r\n\r\n",
    b"GET /v2/zone HTTP/1.1\r\nx: " + b"z" * 66_000 + b"\r\n\r\n",
    b"POST /v2/keypair HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /v2/keypair HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
]
CHANGES = [
    (b"\r\nHost", b"\nHost"),
    (b"HTTP/1.1", b"HTTP/1.0"),
    (b"x-bce-date: ", b"x-bce-date:\r\n "),
    (b" ", b"  "),
    (b"Host:", b"Ho st:"),
    (b"GET", b"\r\n\r\nGET"),
]
VARIES = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\ndate: [^\r]*|\ncontent-length: \d+"
    rb'|(?<="privateKey":")[^"]*|(?<="publicKey":")[^"]*|(?<="fingerPrint":")[^"]*'
)


def signed(method: str, target: str, headers: list[tuple[str, str]], body: bytes = b"") -> bytes:
    path, _, query = target.partition("?")
    date = iso(NOW)
    string = authorize(method.upper(), HOST, path, query, date, "test", DEFAULT_SECRET_KEY)
    return request_bytes(
        method, target, [("Host", HOST), ("x-bce-date", date), ("Authorization", string), *headers], body
    )


def some_request(chance: random.Random) -> bytes:
    if chance.random() < 0.06:
        return chance.choice(MALFORMED)
    body, headers = chance.choice(BODIES), []
    if body or chance.random() < 0.2:
        body = announced(chance, body, headers)
    if chance.random() < 0.15:
        headers += chance.choice([*([header] for header in HEADERS), *WISHES])
    data = signed(*chance.choice(TARGETS), headers, body)
    return data.replace(*chance.choice(CHANGES), 1) if chance.random() < 0.1 else data


def announced(chance: random.Random, body: bytes, headers: list[tuple[str, str]]) -> bytes:
    """The body as it goes over the wire, after a header has told its length in one of many ways."""
    length = str(len(body))
    way = chance.random()
    if way < 0.7:
        headers.append(("Content-Length", length))
    elif way < 0.85:
        headers += chance.choice(
            [[("Content-Length", f"0{length}")], [("Content-Length", f"{length} ")], [("Content-Length", length)] * 2,
             [("Content-Length", "-1")], [("Content-Length", f"+{length}")]]
        )  # fmt: skip
    else:
        headers.append(("Transfer-Encoding", "chunked"))
        if chance.random() < 0.2:
            headers.append(("Content-Length", length))
        trailers = b"".join(chance.choice(TRAILERS) for _ in range(chance.choice([0, 0, 1, 2])))
        return (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + b"0\r\n" + trailers + b"\r\n"
    return body


def talk(server: Server, pieces: list[bytes], neighbours: int = 0) -> bytes:
    """All that is answered until the server closes; each piece has been read before the next one is sent.

    Where there are ``neighbours``, which say nothing, short answers wait for each other.
    """
    received = b""
    with ExitStack() as stack:
        *_, connection = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            for _ in range(neighbours + 1)
        ]
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in [*pieces, signed("GET", "/v2/spec", [("Connection", "close")])]:
            while select.select([connection], [], [], 0)[0]:
                chunk = connection.recv(65536)
                if not chunk:
                    return received
                received += chunk
            connection.sendall(piece)
            for _ in range(2):  # before the second one every answer to what was read has left
                exchange(server.port, b"GET /_emulator/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return received + b"".join(iter(lambda: connection.recv(65536), b""))


def responses(received: bytes) -> list[tuple[list[bytes], bytes]]:
    """What does not vary of each answer: its status and headers, in any order, and its body."""
    parts = re.split(rb"(?=HTTP/1\.1 \d)", VARIES.sub(b"", received))
    heads_and_bodies = [part.partition(b"\r\n\r\n") for part in parts if part]
    return [(sorted(head.split(b"\r\n")), body) for head, _, body in heads_and_bodies]


def check(received: bytes) -> None:
    """No internal error, and every refusal in the documented form or that of the control API."""
    for head, body in responses(received):
        status = next(line for line in head if line.startswith(b"HTTP/1.1 "))
        assert not status.startswith(b"HTTP/1.1 5") or b"NotImplemented" in body, received
        if body:
            response = json.loads(body)
            assert status.startswith((b"HTTP/1.1 2", b"HTTP/1.1 1")) or {"code", "message"} < response.keys(), received


def journal(server: Server) -> list[tuple]:
    return [
        (entry.request.packed(), entry.status, entry.account_key, entry.operation, VARIES.sub(b"", entry.response))
        for entry in server.emulator.journal.of(None)
    ]


def forget(server: Server) -> None:
    for account in ("test", ""):
        server.emulator.journal.reset(account)


def test_the_answers_do_not_depend_on_how_the_bytes_arrive():
    settings = {"max_body_bytes": MAX_BODY, "seed": "example", "pace": "instant"}
    with Server(wall=lambda: NOW, **settings) as one, Server(wall=lambda: NOW, **settings) as other:
        for seed in range(CONVERSATIONS):
            chance = random.Random(seed)
            data = b"".join(some_request(chance) for _ in range(chance.choice([1, 1, 2, 3])))
            cuts = [0, *sorted(chance.sample(range(1, len(data)), chance.choice([1, 1, 2, 3]))), len(data)]

            whole = talk(one, [data], neighbours=seed % 2)
            pieces = talk(other, [data[start:end] for start, end in pairwise(cuts)])

            check(whole)
            assert (seed, responses(whole)) == (seed, responses(pieces))
            assert (seed, journal(one)) == (seed, journal(other))
            forget(one)
            forget(other)
        for server in (one, other):
            assert eventually(lambda state=server._server.server_state: not state.tasks)
