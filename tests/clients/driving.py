"""Runs a client's program against an emulator of its own, and keeps what it said and what the journal says."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bce_emulator.engine.errors import NotImplementedYet, SignatureError
from bce_emulator.engine.observe.journal import Entry, Journal
from bce_emulator.settings import DEFAULT_SECRET_KEY
from bce_emulator.testing import Server
from tests.clients.client import HERE, Client
from tests.clients.table import CLIENTS

MAX_SECONDS = 300
LOOKS = ("Get", "List", "Query", "Describe", "Show")
"""How the names of operations begin that only look."""
AUTHENTICATION = {error.code for error in SignatureError.__subclasses__()}


@dataclass
class Outcome:
    """What came of one run of a program."""

    said: dict[str, dict]
    """The line of each scenario."""
    entries: list[Entry]
    """Every request that arrived, oldest first."""
    status: int
    errors: str
    seconds: float

    @property
    def done(self) -> set[str]:
        """The operations that succeeded."""
        return {operation_of(entry) for entry in self.entries if entry.operation and entry.status == 200}

    @property
    def refused(self) -> set[str]:
        """The operations that were refused as documented, by somebody who may call them."""
        return {operation_of(entry) for entry in self.entries if entry.operation and is_refusal(entry)}

    @property
    def found_nothing(self) -> set[str]:
        """The operations that look for something, and of whose answers none listed anything."""
        found: dict[str, bool] = {}
        for entry in self.entries:
            if entry.operation and entry.operation.startswith(LOOKS) and entry.status == 200:
                operation = operation_of(entry)
                found[operation] = found.get(operation, False) or not lists_nothing(entry)
        return {operation for operation, something in found.items() if not something}

    @property
    def unknown(self) -> list[str]:
        """The calls that lead to no operation of the catalogue."""
        calls = {
            f"{entry.request.method} {entry.request.raw_path.decode()}" for entry in self.entries if not entry.operation
        }
        return sorted(calls)

    @property
    def unemulated(self) -> set[str]:
        """The operations that were asked for and are not emulated."""
        return {operation_of(entry) for entry in self.entries if entry.status == NotImplementedYet.status}

    @property
    def internal_errors(self) -> list[str]:
        """What the emulator itself did wrong."""
        return [
            f"{operation_of(entry)}: {entry.status} {entry.response.decode()} {entry.explanation}"
            for entry in self.entries
            if not entry.fault and (entry.status == 500 or entry.unlisted)
        ]


def operation_of(entry: Entry) -> str:
    return f"{entry.product}.{entry.operation}"


def lists_nothing(entry: Entry) -> bool:
    """Whether an answer has lists, all of them empty; one that is too long to be kept whole lists something."""
    try:
        body = json.loads(entry.response)
    except ValueError:
        return False
    lists = [value for value in body.values() if isinstance(value, list)]
    return bool(lists) and not any(lists)


def is_refusal(entry: Entry) -> bool:
    if not 400 <= entry.status < 500 or entry.fault:
        return False
    code = json.loads(entry.response)["code"]
    return code not in AUTHENTICATION and code != NotImplementedYet.code


@functools.cache
def outcome_of(name: str) -> Outcome:
    """What came of this client's program; it runs once in a session."""
    return with_tests(CLIENTS[name])


def drive(client: Client, trusting: Mapping[str, str] = MappingProxyType({}), **settings: str) -> Outcome:
    """Run its program; ``trusting`` is what its environment says of the server's certificate, if it shows one."""
    command = client.prepare(client)
    began = time.monotonic()
    ran, entries = _run(command, client, trusting, {"pace": "realistic", **client.settings, **settings})
    printed = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith('{"')]
    said = {each["scenario"]: each for each in printed if "scenario" in each}  # SDKs print answers, too
    return Outcome(said, entries, ran.returncode, ran.stderr, time.monotonic() - began)


def with_tests(client: Client) -> Outcome:
    """What came of its program, and of the tests beside it that drive the same SDK."""
    outcome = drive(client)
    if client.beside:
        began = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:xdist",
            *(str(HERE / name) for name in client.beside),
        ]
        ran, entries = _run(command, client, {}, {"pace": "instant"})
        outcome.entries += entries
        outcome.status = outcome.status or ran.returncode
        outcome.errors += ran.stdout if ran.returncode else ""
        outcome.seconds += time.monotonic() - began
    return outcome


def _run(
    command: list[str], client: Client, trusting: Mapping[str, str], settings: Mapping[str, str]
) -> tuple[subprocess.CompletedProcess[str], list[Entry]]:
    """Run a command against an emulator of its own, which keeps every request."""
    account = f"test-{client.name.replace('_', '-')}"
    with Server(**settings) as server:
        entries = keep_every_entry(server.emulator.journal)
        server.emulator.accounts.open(account).clock.freeze()
        environment = os.environ | {
            "BCE_ENDPOINT": server.endpoint,
            "BCE_ACCESS_KEY": account,
            "BCE_SECRET_KEY": DEFAULT_SECRET_KEY,
            "BCE_CONTROL": f"{server.endpoint}/_emulator",
            **trusting,
        }
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=MAX_SECONDS)
    return ran, entries


def keep_every_entry(journal: Journal) -> list[Entry]:
    """A list that every entry of the journal joins: its rings forget the oldest."""
    kept: list[Entry] = []
    journal.watch(lambda new: kept.append(new.entry) if new is not None else None)
    return kept


def scenarios() -> list[str]:
    """The ids of scenarios.md, in its order."""
    lines = (Path(__file__).parent / "scenarios.md").read_text().splitlines()
    return [line.split("**")[1] for line in lines if line.startswith("- **")]
