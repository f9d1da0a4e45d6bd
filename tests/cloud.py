"""A client of one emulated cloud for tests: it signs like a real client, in the process, with the clock standing still."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from bce_emulator.app import Application
from bce_emulator.cli.sign import authorize
from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import read_account_settings
from bce_emulator.engine.account.clock import iso, seconds
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.journal import Entry
from bce_emulator.settings import DEFAULT_SECRET_KEY, Settings
from tests.conformance.shapes import check_response

NOW = seconds("2026-01-01T00:00:00Z")
LINUX, WINDOWS = "m-z2UUQHH9", "m-iacRWxXh"
SPEC = "bcc.g5.c2m8"
PASSWORD = "Passw0rd!"
LOOP = asyncio.new_event_loop()
MADE: list[Emulator] = []
"""Those of the test that is under way."""
MET: set[tuple[str, str]] = set()
"""Every (product.Operation, error) that a test has met."""
ANSWERED: set[str] = set()
"""Every product.Operation whose response a test has held against what is published and declared."""


@dataclass
class Reply:
    """What a client sees of an answer."""

    status: int
    body: dict[str, Any]
    headers: httpx.Headers

    @property
    def code(self) -> str:
        return self.body.get("code", "")


class Cloud:
    """One emulator and one account, seen from outside through ``call``, and from inside through ``account``."""

    def __init__(self, access_key: str = "test", freeze: bool = True, **settings: Any) -> None:
        self.emulator = Emulator(Settings(**{"pace": "realistic", **settings}), wall=lambda: NOW, strict=True)
        MADE.append(self.emulator)
        self.access_key = access_key
        self.secret_key = DEFAULT_SECRET_KEY
        self.host = "127.0.0.1:8080"
        if freeze:
            self.clock.freeze()

    @cached_property
    def application(self) -> Application:
        """The ASGI application, for those who call the control API."""
        return Application(self.emulator)

    @property
    def account(self) -> AccountRegion:
        return self.emulator.accounts.open(self.access_key).in_region("bj")

    @property
    def clock(self):
        return self.emulator.accounts.open(self.access_key).clock

    def call(self, method: str, target: str, body: Any = None, *, sign: bool = True, raw: bytes | None = None) -> Reply:
        """Send one request; ``raw`` is a body as it stands."""
        content = raw if raw is not None else (json.dumps(body).encode() if body is not None else b"")
        headers = {"host": self.host}
        if content:
            headers["content-type"] = "application/json"
        if sign:
            headers |= self._signed(method, target)
        response = self._send(method, target, headers, content)
        if response.status_code == 200:
            check_response(self.last_entry.product, self.last_entry.operation, response.json())
            ANSWERED.add(f"{self.last_entry.product}.{self.last_entry.operation}")
        return Reply(response.status_code, response.json(), response.headers)

    def ask(self, method: str, target: str, content: bytes = b"") -> int:
        """The status that a request is answered with, whatever it is."""
        return self._send(method, target, {"host": self.host} | self._signed(method, target), content).status_code

    def _signed(self, method: str, target: str) -> dict[str, str]:
        path, _, query = target.partition("?")
        string = authorize(method, self.host, path, query, iso(NOW), self.access_key, self.secret_key)
        return {"x-bce-date": iso(NOW), "authorization": string}

    def ok(self, method: str, target: str, body: Any = None) -> dict[str, Any]:
        """The body of a call that must succeed."""
        reply = self.call(method, target, body)
        assert reply.status == 200, reply
        return reply.body

    def refused(self, error: type[ApiError], method: str, target: str, body: Any = None, **how: Any) -> Reply:
        """A call that must be refused with exactly this error, and must change nothing."""
        self.clock.run_due()
        before = self.fingerprint()
        reply = self.call(method, target, body, **how)
        assert (reply.code, reply.status) == (error.code, error.status), reply
        assert reply.body["message"] == error.message or "{" in error.message, reply
        assert reply.body["requestId"] == reply.headers["x-bce-request-id"]
        assert self.fingerprint() == before, "a refused call left a trace"
        assert self.last_entry.fault is None, "a planned fault proves nothing about the operation"
        MET.add((f"{self.last_entry.product}.{self.last_entry.operation}", error.__name__))
        return reply

    @property
    def last_entry(self):
        return Entry.from_ring(max(fire.entries[-1] for fire in self.emulator.journal.rings.values() if fire.entries))

    def fingerprint(self) -> object:
        """Everything of the account that a refused call must leave alone."""
        account = self.account
        versions = {
            kind.__name__: collection.version for kind, collection in account.collections.items() if collection.version
        }
        return versions, dict(account.last_numbers), list(account.tokens.kept), self.clock.pending

    def set_facts(self, **facts: Any) -> None:
        """Make something true of the account that no request can."""
        self.account.account.settings.update(read_account_settings(facts))

    def create(self, **members: Any) -> str:
        """The id of a running instance."""
        body = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}} | members
        instance_id: str = self.ok("POST", "/v2/instanceBySpec", body)["instanceIds"][0]
        self.clock.advance(60)
        return instance_id

    def instance(self, instance_id: str) -> dict[str, Any]:
        """An instance as a client sees it."""
        return self.ok("GET", f"/v2/instance/{instance_id}")["instance"]

    def status(self, instance_id: str) -> str:
        """The status of an instance as a client sees it."""
        return self.instance(instance_id)["status"]

    def _send(self, method: str, target: str, headers: dict[str, str], content: bytes) -> httpx.Response:
        """Hand the request to the dispatcher as a server would; nothing of a network is in between."""
        url = httpx.URL(f"http://{self.host}{target}")
        scope = {
            "type": "http",
            "method": method,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        if content:
            scope["headers"].append((b"content-length", str(len(content)).encode()))
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        LOOP.run_until_complete(self.emulator.dispatcher(scope, receive, send))
        body = b"".join(message.get("body", b"") for message in sent)
        return httpx.Response(sent[0]["status"], headers=sent[0]["headers"], content=body)


def encrypted(password: str, secret_key: str = DEFAULT_SECRET_KEY) -> str:
    """A password as the SDKs of the first generation send it."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data = password.encode()
    padding = 16 - len(data) % 16
    encryptor = Cipher(algorithms.AES128(secret_key.encode()[:16]), modes.ECB()).encryptor()
    return (encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()).hex()


def ids(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]
