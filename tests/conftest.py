"""Fixtures, and the account of which listed errors and which responses the tests have met."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import hypothesis
import pytest

from bce_emulator.cloud import CATALOGUE, PRODUCTS, PUBLISHED, Emulator
from bce_emulator.engine.declare.catalogue import Catalogue, Published
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.http.routing import Routes
from bce_emulator.engine.persist.document import read_document
from bce_emulator.engine.persist.export_text import export
from bce_emulator.engine.persist.state_snapshot import dump
from bce_emulator.engine.steps import at_once
from bce_emulator.services.shared.regions import regions
from tests.cloud import ANSWERED, MADE, MET, Cloud

UNMET = Path(__file__).parent / "conformance" / "unmet.txt"
UNANSWERED = UNMET.with_name("unanswered.txt")
LEFT = pytest.StashKey[int]()
"""How many tests a sampled run leaves out."""
_gathered: set[tuple[str, str]] = set()
_answered: set[str] = set()


class RefusedEvents(logging.Handler):
    """Keeps what the log says of due events that were refused."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))


REFUSED = RefusedEvents()
logging.getLogger("bce_emulator.clock").addHandler(REFUSED)


READ_BACK = 10
"""Of each so manieth test about services the state is read back, of all of them in a whole run."""


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """No emulator holds its files longer than a test, none refused what was due, and what it has can be read back."""
    REFUSED.messages.clear()
    yield
    emulators = MADE[:]
    MADE.clear()
    for emulator in emulators:
        emulator.close()
    assert not REFUSED.messages, REFUSED.messages[0]
    name = request.node.nodeid
    if name.startswith("tests/services/") and (request.config.option.whole or crc32(name.encode()) % READ_BACK == 0):
        for emulator in emulators:
            check_read_back(emulator)


def check_read_back(emulator: Emulator) -> None:
    """What an account is written as is a document that fits."""
    for account in list(emulator.accounts.by_name.values()):
        at_once(read_document(dump(export(account)), regions()))


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Published:
    """A published operation that is not emulated; to be named before what makes an emulator."""
    entry = CATALOGUE.entries["bcc.GetInstanceVnc"]
    rest = [operation for key, operation in CATALOGUE.operations.items() if key != entry.key]
    without = Catalogue(PUBLISHED, rest, PRODUCTS)
    monkeypatch.setattr("bce_emulator.cloud.CATALOGUE", without)
    monkeypatch.setattr("bce_emulator.cloud.ROUTES", Routes(without))
    return entry


@pytest.fixture
def cloud() -> Cloud:
    """A fresh emulated cloud, its clock standing still."""
    return Cloud()


@pytest.fixture
def running(cloud: Cloud) -> str:
    """The id of a running instance."""
    return cloud.create()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="leave nothing out: slow tests, sweeps unsampled")
    parser.addoption("--rest", action="store_true", help="only what a sampled run leaves out")


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Tests are many objects that stay: looking through them for cycles again and again took a tenth of the time."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Histories are few and short unless the run is whole or names what it wants.

    They are derandomized, so that a failure comes again.
    """
    for name, examples, steps in (("sampled", 5, 25), ("whole", 60, 50)):
        hypothesis.settings.register_profile(
            name, max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True
        )
    hypothesis.settings.load_profile("sampled" if is_sampled(config) else "whole")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a sweep over everything there is keep each so manieth; leave slow tests out. Or the other way round."""
    if not is_sampled(config) and not config.option.rest:
        return
    counts: Counter[str] = Counter()
    left: list[pytest.Item] = []
    kept: list[pytest.Item] = []
    for item in items:
        sweep, function = item.get_closest_marker("sweep"), item.nodeid.partition("[")[0]
        is_left = item.get_closest_marker("slow") or (sweep and counts[function] % sweep.args[0])
        counts[function] += 1
        (left if is_left else kept).append(item)
    if config.option.rest:
        items[:] = [*left, *(item for item in kept if is_history(item))]
    else:
        items[:] = kept
        config.stash[LEFT] = len(left)


def is_history(item: pytest.Item) -> bool:
    """Whether Hypothesis draws what the test does, more often in a run that is not sampled."""
    return hypothesis.is_hypothesis_test(getattr(item, "obj", None))


def is_sampled(config: pytest.Config) -> bool:
    """Whether this run is of all tests, and not told to be whole: who names tests gets every one of them."""
    option = config.option
    return not (option.whole or option.rest or option.keyword) and config.args == config.getini("testpaths")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was met to the controller; a worker has no verdict of its own."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left"] = session.config.stash.get(LEFT, 0)
        output["met"] = sorted(MET)
        output["answered"] = sorted(ANSWERED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", 0)
    _gathered.update(tuple(pair) for pair in getattr(node, "workeroutput", {}).get("met", []))
    _answered.update(getattr(node, "workeroutput", {}).get("answered", []))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter, exitstatus, config) -> None:
    """What was left out; after a run of all that passed: every listed error and every response was met, or stands in a
    list that only gets shorter."""
    if left := config.stash.get(LEFT, 0):
        terminalreporter.write_line(f"{left} tests are left to `make rest`: slow ones, and most of each sweep")
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
        or option.rest
        or option.markexpr not in config.getini("addopts")
        or getattr(option, "lf", False)
        or getattr(option, "collectonly", False)
    ) and config.args == config.getini("testpaths")


def unmet_errors() -> set[str]:
    met = MET | _gathered
    return {
        f"{operation.product}.{operation.name} {error.__name__}"
        for operation in OPERATIONS.values()
        for error in operation.errors
        if (f"{operation.product}.{operation.name}", error.__name__) not in met
    }


def unanswered() -> set[str]:
    return {f"{operation.product}.{operation.name}" for operation in OPERATIONS.values()} - ANSWERED - _answered
