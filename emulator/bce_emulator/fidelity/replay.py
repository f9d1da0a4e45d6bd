"""Serves a recording as it was: each request gets the answers that it had, in their order, the last one again for ever.

What a recording has replaced is not compared: a secret is like every other one, and so is an address.
"""

from __future__ import annotations

import json
from typing import Any

from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.fingerprint import NOT_OF_THE_REQUEST
from bce_emulator.engine.http.request import Request
from bce_emulator.fidelity.addresses import masked
from bce_emulator.fidelity.exchange import Recorded, parsed
from bce_emulator.fidelity.granted import is_write
from bce_emulator.fidelity.proxy import Proxy
from bce_emulator.fidelity.secrets_table import kind_of
from bce_emulator.fidelity.upstream import Answer

ADDRESS, SECRET = "<address>", "<secret>"


class NotRecorded(ApiError):
    """The recording has no such request, or no further answer to it."""

    status, code, message, basis = (
        404,
        "NotRecorded",
        "the recording has no further answer to {method} {path}",
        "emulator",
    )


class Replayer(Proxy):
    """Answers from a recording."""

    def __init__(self, emulator: Emulator, exchanges: list[Recorded]) -> None:
        super().__init__(emulator)
        self._shape = Shape()
        self._waiting: dict[str, list[Recorded]] = {}
        self._served: dict[str, Recorded] = {}
        for each in exchanges:
            key = self._shape.of(each.method, each.path, each.query, each.request)
            self._waiting.setdefault(key, []).append(each)

    async def answer(self, request: Request, _account: AccountRegion, _credentials: Credentials) -> Answer:
        """The next answer that this request had; one that only reads gets the last again."""
        body = parsed(request.body)
        waiting = self._waiting.get(self._shape.of(request.method, request.path, request.query, body), [])
        same = [each for each in waiting if each.path == request.path and each.request == body]
        found = next(iter(same or waiting), None)
        key = json.dumps([request.method, request.path, sorted(_said(request.query)), body], sort_keys=True)
        if found is not None:
            waiting.remove(found)
            self._served[key] = found
        else:
            found = self._served.get(key)
            if found is None or is_write(found):
                raise NotRecorded(method=request.method, path=request.path)
        return _answer(found)


class Shape:
    """What of a request decides which answer it gets."""

    def of(self, method: str, path: str, query: Any, body: Any) -> str:
        """A request without what differs from run to run, or was replaced in the recording."""
        items = sorted((name, self._text(name, value)) for name, value in _said(query))
        parts = [self._text("", part) for part in path.split("/")]
        return json.dumps([method, parts, items, self._value(body)], sort_keys=True)

    def _value(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {
                inner_name: self._value(inner, inner_name)
                for inner_name, inner in value.items()
                if inner_name.lower() not in NOT_OF_THE_REQUEST
            }
        if isinstance(value, list):
            return [self._value(each, name) for each in value]
        return self._text(name, value) if isinstance(value, str) else value

    def _text(self, name: str, text: str) -> str:
        if kind_of(name) is not None and text:
            return SECRET
        return masked(text, ADDRESS)


def _said(query: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, value in query if name.lower() not in NOT_OF_THE_REQUEST]


def _answer(recorded: Recorded) -> Answer:
    said = recorded.answer
    is_json = "json" in recorded.content_type or not isinstance(said, str)
    body = b"" if said is None else json.dumps(said, ensure_ascii=True).encode() if is_json else said.encode()
    request_id = said.get("requestId", "") if isinstance(said, dict) else ""
    return Answer(recorded.status, recorded.content_type, request_id if isinstance(request_id, str) else "", body)
