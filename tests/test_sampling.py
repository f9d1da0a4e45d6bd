"""When a run is the one that holds the lists of unmet errors to what was met: it must not be none."""

from __future__ import annotations

import shlex
import tomllib
from types import SimpleNamespace

import pytest

from tests.conftest import is_whole_run
from tests.sources import ROOT

ADDED = shlex.split(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"])


def run(markers: str, args: tuple[str, ...] = ("tests",), **options: object) -> SimpleNamespace:
    known = {"addopts": ADDED, "testpaths": ["tests"]}
    option = SimpleNamespace(**{"keyword": "", "rest": False, "markexpr": markers} | options)
    return SimpleNamespace(option=option, args=list(args), getini=known.__getitem__)


def test_make_test_checks_that_every_listed_error_is_met():
    assert is_whole_run(run(ADDED[ADDED.index("-m") + 1]))


@pytest.mark.parametrize(
    "other",
    [run(""), run("slow"), run(ADDED[-1], ("tests/cli",)), run(ADDED[-1], rest=True), run(ADDED[-1], keyword="x"), run(ADDED[-1], lf=True)],
    ids=["every marker", "another", "a folder", "the rest", "by name", "the last failures"],
)  # fmt: skip
def test_a_run_of_some_tests_does_not(other):
    assert not is_whole_run(other)
