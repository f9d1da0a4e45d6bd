"""The recorder: a proxy that signs again for the real cloud, and writes down what is asked and answered."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bce_emulator.cloud import PRODUCT_HOSTS, Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.declare.product import PRODUCTS
from bce_emulator.engine.errors import BadRequest, InvalidHTTPRequest
from bce_emulator.engine.http.product_choice import choose
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.routing import Found
from bce_emulator.engine.observe.redaction import is_secret
from bce_emulator.fidelity.exchange import Recorded, parsed
from bce_emulator.fidelity.gate import Gate
from bce_emulator.fidelity.proxy import Proxy
from bce_emulator.fidelity.secrets_table import SecretsTable, TableFull
from bce_emulator.fidelity.upstream import Answer, RealKeys, Upstream, shown_query
from bce_emulator.services.shared.password import decrypt, encrypt
from bce_emulator.services.shared.regions import CLOUD, endpoint
from bce_emulator.settings import SettingError

log = logging.getLogger("bce_emulator")

MAX_CALLS = 16
"""How many calls of the cloud are under way at one time."""


class Recorder(Proxy):
    """Sends on what passes the gate, and writes a line for each answer of the cloud."""

    def __init__(
        self,
        emulator: Emulator,
        upstream: Upstream,
        gate: Gate,
        table: SecretsTable,
        path: Path,
        keys: RealKeys,
        wall: Callable[[], float],
    ) -> None:
        super().__init__(emulator)
        self._upstream = upstream
        self._gate = gate
        self._table = table
        self._keys = keys
        self._wall = wall
        self._calls = asyncio.Semaphore(MAX_CALLS)
        self._is_full = False
        self._file = _open(path)
        for kind, secret in zip(("key", "secret", "secret"), keys, strict=True):
            if secret:
                table.placeholder(kind, secret)

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        self._table.close()

    async def answer(self, request: Request, account: AccountRegion, credentials: Credentials) -> Answer:
        """Judge the operation, and only then call the cloud."""
        found = self.emulator.dispatcher.routes.find(request)
        if found.others:
            self._gate.check(found)
            found = choose(found, account, request, self.emulator.settings.product)
        self._gate.check(found._replace(others=()))
        body = self._with_real_password(request.body, credentials.secret_key)
        host = self._host(request, found, account.region)
        if not request.raw_path.isascii() or not request.query_string.isascii():
            raise InvalidHTTPRequest("the request line is not ASCII")
        async with self._calls:
            began = self._wall()
            answer = await asyncio.to_thread(self._upstream.send, request, body, host, began)
            ended = self._wall()
        self._table.cipher_key = credentials.secret_key
        self._write(request, found, account.region, host, answer, began, ended - began)
        return answer

    def _host(self, request: Request, found: Found, region: str) -> str:
        """The host of the cloud: that of the product in the region, or the one that the client named itself."""
        named = request.host.lower().partition(":")[0]
        first = named.partition(".")[0]
        if first in PRODUCT_HOSTS and named in {endpoint(first, region), first + CLOUD}:
            return named
        hosts = PRODUCTS[found.target.product].hosts
        return endpoint(first if first in hosts else hosts[0], region)

    def _with_real_password(self, body: bytes, secret_key: str) -> bytes:
        """A body in which passwords that the client encrypted are encrypted under the real key instead."""
        value = parsed(body)
        return json.dumps(changed).encode() if (changed := self._recrypted(value, secret_key)) != value else body

    def _recrypted(self, value: Any, secret_key: str, name: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self._recrypted(inner, secret_key, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._recrypted(each, secret_key, name) for each in value]
        if not isinstance(value, str) or not is_secret(name):
            return value
        try:
            return encrypt(decrypt(value, secret_key), self._keys.secret_key)
        except BadRequest:
            return value

    def _write(
        self, request: Request, found: Found, region: str, host: str, answer: Answer, began: float, lasted: float
    ) -> None:
        """Write the line. When no more secrets can be kept apart, nothing more is written."""
        if self._is_full:
            return
        table, query = self._table, shown_query(request.query)
        body, said = parsed(request.body), parsed(answer.body)
        try:
            for value in (dict(query), body, said):
                table.learn(value)
            recorded = Recorded(
                began, lasted, found.target.key, region, host, request.method, table.text(request.path),
                tuple((table.text(name), table.named(name, value)) for name, value in query),
                table.value(body), answer.status, table.text(answer.content_type),
                table.value(said),
            )  # fmt: skip
        except TableFull:
            self._is_full = True
            log.exception("there are more secrets than a recording keeps apart: from here on nothing is recorded")
            return
        self._file.write(recorded.line())
        self._file.flush()
        log.info("%s %d", recorded.operation, recorded.status)


def _open(path: Path) -> Any:
    """The file of the recording: a new one, or one that is continued."""
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600), "ab")
    except OSError as error:
        raise SettingError(f"--to {path}: {error.strerror}") from None
