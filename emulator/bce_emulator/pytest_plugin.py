"""Fixtures for those who test against the emulator; nothing of it is imported before one of them is used."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bce_emulator.testing import Emulator, TestAccount
    from bce_emulator.testing.report import AccountRecorder

RECORDER: pytest.StashKey[AccountRecorder] = pytest.StashKey()


class AsInstalled:
    """Finds the emulator's modules as any program does.

    pytest would read each anew and look for asserts in it, as it does with everything that comes with a plugin.
    """

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The module's file with what was compiled when it was installed; None for those of others."""
        return PathFinder.find_spec(name, path, target) if name.startswith("bce_emulator.") else None


def pytest_configure() -> None:
    """Find its modules before pytest does."""
    sys.meta_path.insert(0, AsInstalled)


def pytest_unconfigure() -> None:
    """Leave the finding of modules as it was."""
    sys.meta_path.remove(AsInstalled)


@pytest.fixture(scope="session")
def bce_settings() -> dict[str, Any]:
    """Settings of the session's emulator, by their names in ``serve``; override it to choose others."""
    return {}


@pytest.fixture(scope="session")
def bce_server(bce_settings: dict[str, Any]) -> Iterator[Emulator]:
    """One emulator for the whole session: in a thread, or the one at ``BCE_EMULATOR_ENDPOINT``."""
    from bce_emulator.testing import Emulator

    with Emulator(**bce_settings) as server:
        yield server


@pytest.fixture
def bce(bce_server: Emulator) -> Iterator[TestAccount]:
    """A fresh account for one test, its clock standing still."""
    with bce_server.account() as account:
        yield account


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """See which accounts are used, whoever provides the emulator."""
    result = yield
    if fixturedef.argname == "bce_server":
        from bce_emulator.testing import Emulator
        from bce_emulator.testing.report import AccountRecorder

        if isinstance(result, Emulator):
            request.config.stash[RECORDER] = AccountRecorder(result)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the last requests of a test that failed."""
    report = yield
    witness = item.config.stash.get(RECORDER, None)
    if witness is not None:
        if report.failed and (witness.used or "bce_server" in getattr(item, "fixturenames", ())):
            report.sections += witness.sections()
        if call.when == "teardown":
            witness.forget()
    return report
