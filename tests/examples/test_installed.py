"""The package as pip installs it from a clone: pytest loads the plugin, and nothing clashes with a project's own names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
STARTS = {"pytest": ("-c", "import pytest, sys; sys.exit(pytest.main())"), "python -m pytest": ("-m", "pytest")}
"""Ways to start pytest: only the second puts the current folder on the path."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with what pip installs from the clone."""
    target = tmp_path_factory.mktemp("installed")
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *offline, "--target", str(target), str(ROOT)]
    subprocess.run(pip, check=True)
    return target


def run_pytest(start: tuple[str, ...], project: Path, installed: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *start, "-q", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )


def test_what_pip_installs_from_a_clone_runs_the_example_without_more(installed, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(ROOT / "examples" / "pytest", project)
    (project / "test_origin.py").write_text(
        f"import bce_emulator\ndef test_origin(bce): assert bce_emulator.__file__.startswith({str(installed)!r})\n"
    )

    done = run_pytest(STARTS["python -m pytest"], project, installed)

    assert (done.returncode, "5 passed" in done.stdout) == (0, True), done.stdout + done.stderr


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
@pytest.mark.parametrize("fixture", ["", "bce"], ids=["fixture not used", "fixture used"])
def test_a_project_with_an_emulator_package_of_its_own_gets_its_own(installed, tmp_path, start, fixture):
    (tmp_path / "emulator").mkdir()
    (tmp_path / "emulator" / "__init__.py").write_text("OURS = True\n")
    (tmp_path / "conftest.py").write_text("")
    (tmp_path / "test_ours.py").write_text(
        f"import emulator\ndef test_ours({fixture}):\n    assert emulator.OURS\n"
        + ("    assert bce.endpoint.startswith('http://')\n" if fixture else "")
    )

    done = run_pytest(start, tmp_path, installed)

    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_what_is_installed_says_that_it_is_typed(installed):
    assert (installed / "bce_emulator" / "py.typed").is_file()
