"""The project can be tested wherever it is: without git, in a folder of any name."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.sources import ROOT, sources


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or not shutil.which("git"), reason="this is no clone, or git is missing"
)
def test_sources_are_told_apart_from_generated_files_without_git():
    how = {"cwd": ROOT, "capture_output": True, "text": True, "check": True}
    known = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], **how)

    assert set(sources()) == {name for name in known.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_no_test_asks_git_unless_it_is_about_git():
    asking = [
        name
        for name in sources()
        if name.startswith("tests/") and '"git"' in (ROOT / name).read_text("utf-8", "replace")
    ]

    assert asking == ["tests/test_sources.py"]
