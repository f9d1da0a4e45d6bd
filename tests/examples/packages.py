"""The examples that need another toolchain: how each is run, offline unless packages may be fetched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
FETCH = "FETCH_PACKAGES"
"""Set by ``make clients``: what is missing is fetched, and nothing may be left out."""


@dataclass(frozen=True)
class Example:
    """One folder of examples."""

    name: str
    tools: tuple[str, ...]
    """The commands that must be on the machine."""
    commands: tuple[str, ...]
    passes: str
    """A pattern of what the last command prints."""
    offline: dict[str, str] = field(default_factory=dict)
    """What keeps it from fetching: variables of the environment."""
    absent: str = "(?!)"
    """A pattern of what is printed when a package is not on the machine."""


EXAMPLES_OF_TOOLCHAINS = (
    Example("shell", ("sh", "curl", "sed"), ("./power.sh",), r"Starting\n.*Running\n.*Expired\n"),
    Example(
        "go", ("go",), ("go test -count=1 -v ./...",), r"(?s)(--- PASS: Test.*){4}\nPASS",
        {"GOPROXY": "off"}, "GOPROXY=off",
    ),
    Example(
        "java", ("java", "mvn"), ("mvn -B ${OFFLINE} test",), r"Tests run: 2, Failures: 0, Errors: 0, Skipped: 0",
        {"OFFLINE": "-o"}, "in offline mode",
    ),
    Example(
        "jest", ("node", "npm"), ("npm ci --ignore-scripts --no-audit --no-fund", "npm test 2>&1"), r"2 passed, 2 total",
        {"npm_config_offline": "true"}, "ENOTCACHED",
    ),
)  # fmt: skip


def run(command: str | list[str], where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, of a shell if it is a text, in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=where,
        capture_output=True,
        text=True,
        timeout=580,
        env=environment,
    )


def passes(example: Example, folder: Path, **environment: str) -> None:
    """Run an example in a copy of its folder; a developer's machine may lack its tools and packages, visibly."""
    if missing := [tool for tool in example.tools if shutil.which(tool, path=environment.get("PATH")) is None]:
        leave_out(f"examples/{example.name}: {', '.join(missing)} is not installed")
    where = shutil.copytree(EXAMPLES / example.name, folder / example.name)
    if FETCH not in os.environ:
        environment |= example.offline
    for command in example.commands:
        done = run(command, where, **environment)
        output = done.stdout + done.stderr
        if done.returncode and re.search(example.absent, output):
            leave_out(f"examples/{example.name}: its packages are not on this machine; make clients fetches them")
        assert done.returncode == 0, output
    assert re.search(example.passes, output), output


def leave_out(why: str) -> None:
    """Skip an example, or fail where nothing may be left out."""
    (pytest.fail if FETCH in os.environ else pytest.skip)(why)
