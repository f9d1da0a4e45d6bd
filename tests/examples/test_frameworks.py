"""The examples for test frameworks, run as they stand where their tools are present, and quoted in the documents."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.examples import packages
from tests.examples.packages import EXAMPLES, EXAMPLES_OF_TOOLCHAINS, ROOT, Example, passes, run

from bce_emulator.testing import Emulator

PYTHON = ("pytest", "unittest")
DOCUMENTS = ("testing-with-the-emulator.md", "testing-with-the-emulator.zh-CN.md")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with Emulator() as cloud:
        yield cloud.endpoint


@pytest.fixture
def tools(tmp_path: Path) -> str:
    """A path with the emulator's command."""
    command = tmp_path / "bin" / "bce-emulator"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m bce_emulator "$@"\n')
    command.chmod(0o755)
    return f"{command.parent}:{os.environ['PATH']}"


@pytest.mark.slow
def test_the_pytest_example():
    plugin = ["-p", "no:bce_emulator", "-p", "bce_emulator.pytest_plugin"]

    done = run(
        [sys.executable, "-m", "pytest", *plugin, "-c", os.devnull, "-p", "no:cacheprovider"],
        EXAMPLES / "pytest",
    )

    assert (done.returncode, "4 passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.slow
def test_the_unittest_example():
    done = run([sys.executable, "-m", "unittest", "-v"], EXAMPLES / "unittest")

    assert (done.returncode, "Ran 1 test" in done.stderr) == (0, True), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES_OF_TOOLCHAINS, ids=lambda example: example.name)
def test_an_example_in_another_language(example, tmp_path, endpoint, tools):
    passes(example, tmp_path, BCE_EMULATOR_ENDPOINT=endpoint, PATH=tools)


def test_every_example_is_run():
    assert {*PYTHON, *(example.name for example in EXAMPLES_OF_TOOLCHAINS)} == folders()


ABSENT = Example("shell", ("sh",), ("echo $NETWORK; exit 1",), "", {"NETWORK": "off"}, "off")


def test_an_example_whose_tool_or_packages_are_missing_is_skipped_by_name(tmp_path, monkeypatch):
    monkeypatch.delenv(packages.FETCH, raising=False)
    with pytest.raises(pytest.skip.Exception, match="examples/go: nogo is not installed"):
        passes(Example("go", ("nogo",), (), ""), tmp_path)

    with pytest.raises(pytest.skip.Exception, match="examples/shell: its packages are not on this machine"):
        passes(ABSENT, tmp_path)


def test_where_packages_may_be_fetched_nothing_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setenv(packages.FETCH, "1")
    with pytest.raises(pytest.fail.Exception, match="nogo is not installed"):
        passes(Example("go", ("nogo",), (), ""), tmp_path)

    with pytest.raises(AssertionError):
        passes(ABSENT, tmp_path)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documentation_quotes_every_example(name):
    assert quoted((ROOT / "docs" / name).read_text()) == folders()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_quotes_the_reboot_and_one_test_whole(name):
    blocks = re.findall(r"<!-- examples/(\S+) -->\n```\w+\n(.*?)```\n", (ROOT / name).read_text(), re.DOTALL)
    whole = [path for path, text in blocks if text == (EXAMPLES / path).read_text()]

    assert whole == ["reboot.py", "pytest/test_reboot.py"]


def quoted(text: str) -> set[str]:
    return {path.split("/")[1] for path in re.findall(r"<!-- (examples/\S+) -->", text)}


def folders() -> set[str]:
    """Those that are run here: Terraform's is applied by `make terraform`."""
    return {path.name for path in EXAMPLES.iterdir() if path.is_dir()} - {"terraform"}
