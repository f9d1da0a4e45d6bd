"""The package as pip installs it from a clone: pytest loads the plugin, and the pytest example passes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_what_pip_installs_from_a_clone_runs_the_example_without_more(tmp_path):
    installed, project = tmp_path / "installed", tmp_path / "project"
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *offline, "--target", str(installed), str(ROOT)]
    subprocess.run(pip, check=True)
    shutil.copytree(ROOT / "examples" / "pytest", project)
    (project / "test_origin.py").write_text(
        f"import emulator\ndef test_origin(bce): assert emulator.__file__.startswith({str(installed)!r})\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, "4 passed" in done.stdout) == (0, True), done.stdout + done.stderr
