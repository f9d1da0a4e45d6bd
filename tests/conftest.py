"""Fixtures, and the account of which listed errors and which responses the tests have met."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bce_emulator.engine.declare.operations import OPERATIONS
from tests.cloud import ANSWERED, MET, OPEN, Cloud

UNMET = Path(__file__).parent / "conformance" / "unmet.txt"
UNANSWERED = UNMET.with_name("unanswered.txt")
_gathered: set[tuple[str, str]] = set()
_answered: set[str] = set()


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
        output["answered"] = sorted(ANSWERED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    _gathered.update(tuple(pair) for pair in getattr(node, "workeroutput", {}).get("met", []))
    _answered.update(getattr(node, "workeroutput", {}).get("answered", []))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:
    """After a whole run that passed: every listed error and every response was met, or stands in a list that only gets shorter."""
    if not is_whole_run(config) or exitstatus:
        return
    tell(terminalreporter, UNMET, unmet_errors(), "listed error that no test meets")
    tell(terminalreporter, UNANSWERED, unanswered(), "operation that no test sees answered")


def tell(terminalreporter, path: Path, found: set[str], what: str) -> None:
    """Fail the run where a list and what was found are not the same."""
    known = set(path.read_text().split("\n")) - {""}
    for line in sorted(found - known):
        terminalreporter.write_line(f"ERROR {what}: {line}", red=True)
    for line in sorted(known - found):
        terminalreporter.write_line(f"ERROR met, so take it out of {path.name}: {line}", red=True)
    if found != known:
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


def is_whole_run(config: pytest.Config) -> bool:
    option = config.option
    return not (
        option.keyword
        or option.markexpr != "not clients"
        or getattr(option, "lf", False)
        or getattr(option, "collectonly", False)
    ) and config.args == config.getini("testpaths")


def unmet_errors() -> set[str]:
    met = MET | _gathered
    return {
        f"{made.product}.{made.name} {error.__name__}"
        for made in OPERATIONS.values()
        for error in made.errors
        if (f"{made.product}.{made.name}", error.__name__) not in met
    }


def unanswered() -> set[str]:
    return {f"{made.product}.{made.name}" for made in OPERATIONS.values()} - ANSWERED - _answered
