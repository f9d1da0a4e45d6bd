"""Fixtures of the probes, and the figures that they print at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from docker import from_env

from probes.containers import IMAGE, Container

MEBI = 1024 * 1024
FIGURES: dict[str, str] = {}


@pytest.fixture
def start() -> Iterator[Callable[..., Container]]:
    """Starts containers, and removes them after the test."""
    started: list[Container] = []

    def one(*options: str, image: str = IMAGE) -> Container:
        started.append(Container.start(*options, image=image))
        return started[-1]

    yield one
    for container in started:
        container.remove()


@pytest.fixture
def figure() -> Callable[[str, str], None]:
    """Keeps a measured figure for the summary."""
    return FIGURES.__setitem__


@pytest.fixture
def usage() -> Callable[[str], tuple[float, float]]:
    """Reads the seconds of processor time so far, and the mebibytes of memory as ``docker stats`` counts them."""
    engine = from_env()

    def read(name: str) -> tuple[float, float]:
        seen = engine.containers.get(name).stats(stream=False, one_shot=True)
        memory = seen["memory_stats"]
        cache = memory["stats"].get("inactive_file", memory["stats"].get("total_inactive_file", 0))
        return seen["cpu_stats"]["cpu_usage"]["total_usage"] / 1e9, (memory["usage"] - cache) / MEBI

    yield read
    engine.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    if FIGURES:
        terminalreporter.section(f"figures of {IMAGE}")
        for name, value in FIGURES.items():
            terminalreporter.write_line(f"{name:<44} {value}")
