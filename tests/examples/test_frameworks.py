"""The examples for test frameworks, run as they stand where their tools are present."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.testing import Emulator

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with Emulator() as cloud:
        yield cloud.endpoint


def run(command: list[str], where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=where, capture_output=True, text=True, timeout=580, env=environment)


def example(name: str, tmp_path: Path, *tools: str) -> Path:
    """A copy of an example, so that building it leaves nothing in the tree."""
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        leave_out(f"{', '.join(missing)} is not installed")
    return shutil.copytree(EXAMPLES / name, tmp_path / name)


def leave_out(why: str) -> None:
    """Skip an example on a developer's machine; on CI nothing may be missing."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(why)


def fetch(command: list[str], where: Path) -> None:
    """Have the packages of an example; without the network, and without a cache of them, there is nothing to run."""
    done = run(command, where)
    if done.returncode:
        leave_out(f"{command[0]} can not get the packages: {(done.stderr or done.stdout)[-300:]}")


def test_the_pytest_example():
    pytest.importorskip("baidubce")
    plugin = ["-p", "no:bce_emulator", "-p", "emulator.pytest_plugin"]

    done = run(
        [sys.executable, "-m", "pytest", *plugin, "-c", os.devnull, "-p", "no:cacheprovider", "test_power.py"],
        EXAMPLES / "pytest",
    )

    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout


def test_the_unittest_example():
    pytest.importorskip("baidubce")

    done = run([sys.executable, "-m", "unittest", "-v"], EXAMPLES / "unittest")

    assert (done.returncode, "Ran 1 test" in done.stderr) == (0, True), done.stderr


def test_the_shell_example(tmp_path, endpoint):
    where = example("shell", tmp_path, "sh", "curl", "sed")
    command = tmp_path / "bce-emulator"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m emulator "$@"\n')
    command.chmod(0o755)

    done = run(["./power.sh"], where, BCE_EMULATOR_ENDPOINT=endpoint, PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert done.returncode == 0, done.stderr
    assert [line.split(" is ")[1] for line in done.stdout.splitlines()] == ["Starting", "Running", "Expired"]


@pytest.mark.clients
def test_the_go_example(tmp_path, endpoint):
    where = example("go", tmp_path, "go")
    fetch(["go", "mod", "download"], where)

    done = run(["go", "test", "-v", "./..."], where, BCE_EMULATOR_ENDPOINT=endpoint)

    assert (done.returncode, done.stdout.count("--- PASS")) == (0, 2), done.stdout + done.stderr


@pytest.mark.clients
def test_the_junit_example(tmp_path, endpoint):
    where = example("java", tmp_path, "java", "mvn")
    fetch(["mvn", "-q", "-B", "test", "-DskipTests"], where)

    done = run(["mvn", "-B", "test"], where, BCE_EMULATOR_ENDPOINT=endpoint)

    assert (done.returncode, "Tests run: 2, Failures: 0, Errors: 0, Skipped: 0" in done.stdout) == (0, True), (
        done.stdout
    )


@pytest.mark.clients
def test_the_node_example(tmp_path, endpoint):
    where = example("node", tmp_path, "node", "npm")
    fetch(["npm", "ci", "--prefer-offline", "--ignore-scripts"], where)

    done = run(["npm", "test"], where, BCE_EMULATOR_ENDPOINT=endpoint)

    assert (done.returncode, "# pass 2" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("name", ["testing-with-the-emulator.md", "testing-with-the-emulator.zh-CN.md"])
def test_the_documentation_quotes_every_example(name):
    quoted = {
        match.split("/")[1] for match in re.findall(r"<!-- (examples/\S+) -->", (ROOT / "docs" / name).read_text())
    }

    assert quoted == {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
