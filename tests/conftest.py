"""Fixtures, and the account of which listed errors the tests have met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.engine.operations import OPERATIONS
from tests.cloud import MET, OPEN, Cloud

UNMET = Path(__file__).parent / "conformance" / "unmet.txt"
_gathered: set[tuple[str, str]] = set()


@pytest.fixture(autouse=True)
def files_closed() -> Iterator[None]:
    """No emulator holds its files longer than a test."""
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture
def cloud() -> Cloud:
    """A fresh emulated cloud, its clock standing still."""
    return Cloud()


@pytest.fixture
def running(cloud: Cloud) -> str:
    """The id of a running instance."""
    return cloud.create()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was met to the controller; a worker has no verdict of its own."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["met"] = sorted(MET)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    _gathered.update(tuple(pair) for pair in getattr(node, "workeroutput", {}).get("met", []))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:
    """After a whole run that passed: every listed error was met, or stands in the list that only gets shorter."""
    if not is_whole_run(config) or exitstatus:
        return
    unmet = unmet_errors()
    known = set(UNMET.read_text().split("\n")) - {""}
    for line in sorted(unmet - known):
        terminalreporter.write_line(f"ERROR listed error that no test meets: {line}", red=True)
    for line in sorted(known - unmet):
        terminalreporter.write_line(f"ERROR met, so take it out of {UNMET.name}: {line}", red=True)
    if unmet != known:
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


def is_whole_run(config: pytest.Config) -> bool:
    option = config.option
    return not (
        option.keyword or option.markexpr != "not clients" or option.lf or getattr(option, "collectonly", False)
    ) and config.args == config.getini("testpaths")


def unmet_errors() -> set[str]:
    met = MET | _gathered
    return {
        f"{made.product}.{made.name} {error.__name__}"
        for made in OPERATIONS.values()
        for error in made.errors
        if (f"{made.product}.{made.name}", error.__name__) not in met
    }
