"""The README's example, run as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.process import serving

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.slow
def test_the_reboot_of_the_readme_ends_alike_however_often_it_is_run():
    with serving("--seed", "example", "--pace", "0.02") as server:
        runs = [
            subprocess.run(
                [sys.executable, "-W", "ignore", str(EXAMPLES / "reboot.py")],
                env={**os.environ, "BCE_EMULATOR_ENDPOINT": server.endpoint},
                capture_output=True,
                text=True,
            )
            for _ in range(2)
        ]

    assert [(done.returncode, done.stdout) for done in runs] == [(0, "rebooted: Running\n")] * 2, runs[0].stderr
