"""What the report of a failed test shows: the last requests of the accounts it used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bce_emulator.testing import Emulator, TestAccount

MAX_ENTRIES = 10
WIDEST = 300
TITLE = "bce-emulator: last requests"


class AccountRecorder:
    """Sees the accounts that an emulator opens, and remembers the last requests of those that are gone.

    ``used`` says whether the test has opened one.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._open: list[TestAccount] = []
        self._gone: dict[str, str] = {}
        self.used = False
        emulator.watch = self.watch

    @contextmanager
    def watch(self, account: TestAccount) -> Iterator[None]:
        """Keep an account in view for as long as it exists."""
        self.used = True
        self._open.append(account)
        try:
            yield
        finally:
            self._open.remove(account)
            self._gone[account.name] = last_requests(account)

    def sections(self) -> list[tuple[str, str]]:
        """Title and text of what there is to report; the default account's requests if there is no other."""
        texts = self._gone | {account.name: last_requests(account) for account in self._open}
        texts = texts or {self._emulator.name: last_requests(self._emulator)}
        return [(f"{TITLE} of {name}" if len(texts) > 1 else TITLE, text) for name, text in texts.items()]

    def forget(self) -> None:
        """Be ready for the next test."""
        self.used = False
        self._gone.clear()


def last_requests(account: TestAccount) -> str:
    """The last requests of an account with their answers."""
    try:
        entries = account.journal.entries(limit=MAX_ENTRIES)
    except Exception as error:  # noqa: BLE001
        return f"(the journal could not be read: {error})"
    return "\n".join(line for entry in entries for line in _lines(entry)) or "(none)"


def _lines(entry: dict[str, Any]) -> Iterator[str]:
    request = entry["request"]
    query = f"?{request['query']}" if request["query"] else ""
    code = f" {entry['code']}" if entry["code"] else ""
    yield f"{entry['time']} {request['method']} {request['path']}{query} -> {entry['status']}{code}"
    if request["body"]:
        yield f"    asked    {_short(request['body'])}"
    yield f"    answered {_short(entry['answer'])}"
    for name in ("explanation", "fault"):
        if entry.get(name):
            yield f"    {name} {_short(entry[name])}"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDEST else f"{text[:WIDEST]}… ({len(text)} characters)"
