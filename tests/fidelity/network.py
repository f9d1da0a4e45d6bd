"""A cloud that is another emulator, on a socket, perhaps with TLS and perhaps deviating; and a recorder in front of it."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn

from bce_emulator.app import Application
from bce_emulator.cli.serve import listen, server_config
from bce_emulator.cli.sign import authorize
from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.clock import iso, seconds
from bce_emulator.fidelity.gate import Gate
from bce_emulator.fidelity.record import Recorder
from bce_emulator.fidelity.secrets_table import SecretsTable
from bce_emulator.fidelity.upstream import RealKeys, Upstream
from bce_emulator.settings import DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, Settings
from bce_emulator.testing.account import Control, Keys, TestAccount
from tests.cloud import LOOP, MADE

REAL = RealKeys("ALTAKrealrealrealrealreal", "0123456789abcdef-real-secret-key")


class Wall:
    """The time of both clouds and of the recorder between them."""

    def __init__(self) -> None:
        self.now = seconds("2026-01-01T00:00:00Z")

    def __call__(self) -> float:
        return self.now


Change = Callable[[str, int, Any], tuple[int, Any]]
"""What becomes of an answer, by the operation's path: another status, another body."""


class Deviating:
    """An application whose answers are changed on their way."""

    def __init__(self, application: Application) -> None:
        self.inner = application
        self.emulator, self.connections = application.emulator, application.connections
        self.change: Change = lambda path, status, body: (status, body)

    def respond_at_once(self, *_request: object) -> None:
        return None

    respond_again = respond_at_once

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        await self.inner(scope, receive, keep)
        body = json.loads(b"".join(message.get("body", b"") for message in sent))
        status, body = self.change(scope["method"] + " " + scope["path"], sent[0]["status"], body)
        content = json.dumps(body).encode()
        headers = [each for each in sent[0]["headers"] if each[0] != b"content-length"]
        headers.append((b"content-length", str(len(content)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})


@contextmanager
def on_a_socket(application: Any, **more: Any) -> Iterator[int]:
    """The port that serves an application, until the block ends."""
    with listen("127.0.0.1", 0) as listener:
        config = server_config(application)
        for name, value in more.items():
            setattr(config, name, value)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.001)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


class InProcess:
    """Stands for an HTTPConnection: the application answers in the thread that asks."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.headers: list[tuple[bytes, bytes]] = []
        self.sent: list[Any] = []

    def putrequest(self, method: str, target: str, **_skip: bool) -> None:
        self.method, self.target = method, target

    def putheader(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def endheaders(self, body: bytes | None) -> None:
        path, _, query = self.target.encode().partition(b"?")
        scope = {
            "type": "http", "method": self.method, "raw_path": path, "path": path.decode(), "query_string": query,
            "headers": self.headers,
        }  # fmt: skip

        async def receive() -> Any:
            return {"type": "http.request", "body": body or b""}

        async def send(message: Any) -> None:
            self.sent.append(message)

        asyncio.run(self.application(scope, receive, send))

    def getresponse(self) -> Any:
        headers = {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}
        return SimpleNamespace(
            status=self.sent[0]["status"],
            read=lambda most: self.sent[1]["body"][:most],
            getheader=lambda name, default="": headers.get(name, default),
        )

    def close(self) -> None:
        pass


@dataclass
class Reply:
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


def ask(application: Any, method: str, target: str, body: Any = None, **how: Any) -> Reply:
    """A signed request to an application of this process."""
    return LOOP.run_until_complete(asked(application, method, target, body, **how))


async def asked(
    application: Any,
    method: str,
    target: str,
    body: Any = None,
    *,
    now: float,
    keys: tuple[str, str] = (DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY),
    headers: dict[str, str] | None = None,
    host: str = "127.0.0.1:8080",
) -> Reply:
    """The same, for several at one time."""
    content = json.dumps(body).encode() if body is not None else b""
    path, _, query = target.partition("?")
    signed = {"host": host, "x-bce-date": iso(now)}
    signed["authorization"] = authorize(method, host, path, query, iso(now), *keys)
    signed |= {"content-type": "application/json", "content-length": str(len(content))} if content else {}
    scope = {
        "type": "http", "method": method, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (signed | (headers or {})).items()],
    }  # fmt: skip
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": content}

    async def send(message: Any) -> None:
        sent.append(message)

    await application(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], json.loads(sent[1]["body"]), answered)


class World:
    """A cloud to record, what deviates in it, and the recorder; ``call`` is what a client does."""

    def __init__(self, cloud: Emulator, deviating: Deviating, recorder: Recorder, path: Path, wall: Wall) -> None:
        self.cloud, self.deviating, self.recorder, self.path, self.wall = cloud, deviating, recorder, path, wall

    def call(self, method: str, target: str, body: Any = None, **how: Any) -> Reply:
        """One request through the recorder, a second after the one before."""
        self.wall.now += 1
        return ask(self.recorder, method, target, body, now=self.wall.now, **how)

    def ok(self, method: str, target: str, body: Any = None, **how: Any) -> Any:
        reply = self.call(method, target, body, **how)
        assert reply.status == 200, reply
        return reply.body

    def later(self, seconds: float) -> None:
        self.wall.now += seconds

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@contextmanager
def served(application: Any, tls: Any) -> Iterator[Upstream]:
    """An application with TLS on a socket, as what is recorded."""
    with on_a_socket(application, ssl_certfile=tls.certificate, ssl_keyfile=tls.key) as port:
        yield Upstream(REAL, f"https://127.0.0.1:{port}", str(tls.authority))


@contextmanager
def recorded_world(
    path: Path, *, writes: bool = True, allow: str | None = None, kept: bool = False, tls: Any = None, wall: Any = None
) -> Iterator[World]:
    """A cloud behind a socket, with a recorder before it."""
    wall = wall or Wall()
    credentials = ":".join(REAL[:2])
    cloud = Emulator(Settings(pace="realistic", credentials=credentials), wall=wall, strict=True)
    here = Emulator(Settings(control="off"), wall=wall)
    MADE.extend((cloud, here))
    deviating = Deviating(Application(cloud))
    with served(deviating, tls) if tls else nullcontext(Upstream(REAL)) as upstream:
        if not tls:
            upstream._connection = lambda host: InProcess(deviating)
        table = SecretsTable(path.with_name(path.name + ".secrets") if kept else None)
        recorder = Recorder(here, upstream, Gate(allow, writes), table, path, REAL, wall)
        try:
            yield World(cloud, deviating, recorder, path, wall)
        finally:
            recorder.close()


@contextmanager
def proxy(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[TestAccount]:
    """A command that serves, as the account that a client sees, until the block ends with a signal."""
    command = [sys.executable, "-m", "bce_emulator", *arguments, "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        banner = process.stdout.readline()
        endpoint = re.search(r"http://[\d.:]+", banner)[0]
        yield TestAccount(Control(endpoint), Keys("test", "bce-emulator-secret-key"))
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=10)
        assert process.returncode == 0, log
        assert REAL.secret_key not in log + banner
    finally:
        process.kill()
