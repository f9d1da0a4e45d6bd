"""Fixtures for those who test against the emulator; nothing of it is imported before one of them is used."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from emulator.testing import Emulator, TestAccount

SHOWN = 10
WIDEST = 300


@pytest.fixture(scope="session")
def bce_settings() -> dict[str, Any]:
    """Settings of the session's emulator, by their names in ``serve``; override it to choose others."""
    return {}


@pytest.fixture(scope="session")
def bce_server(bce_settings: dict[str, Any]) -> Iterator[Emulator]:
    """One emulator for the whole session: in a thread, or the one at ``BCE_EMULATOR_ENDPOINT``."""
    from emulator.testing import Emulator

    with Emulator(**bce_settings) as server:
        yield server


@pytest.fixture
def bce(bce_server: Emulator) -> Iterator[TestAccount]:
    """A fresh account for one test, its clock standing still."""
    with bce_server.account() as account:
        yield account


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the last requests of a test that failed."""
    report = yield
    account = getattr(item, "funcargs", {}).get("bce")
    if report.failed and account is not None:
        report.sections.append(("bce-emulator: last requests", _told(account)))
    return report


def _told(account: TestAccount) -> str:
    try:
        entries = account.journal.entries(limit=SHOWN)
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
