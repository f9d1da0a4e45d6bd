"""The README's example, run as it stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.process import serving

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_reboot_of_the_readme():
    with serving("--seed", "example", "--pace", "realistic") as server:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", str(EXAMPLES / "reboot.py")],
            env={**os.environ, "BCE_EMULATOR_ENDPOINT": server.endpoint},
            capture_output=True,
            text=True,
        )

    assert (done.returncode, done.stdout) == (0, "Starting\n"), done.stderr
