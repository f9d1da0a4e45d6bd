"""The examples of this folder, run as a reader would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from probes.containers import IMAGE, is_ready

FOLDER = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-c", str(FOLDER / "probes" / "pytest.ini"), "test_reboot.py"]
COMMANDS = {
    "python": [PYTEST],
    "go": [["go", "test", "-count=1", "./..."]],
    "java": [["mvn", "--quiet", "--batch-mode", "test"]],
    "node": [["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["npm", "test"]],
}
WANTED = os.environ.get("EXAMPLES", "python").replace("all", ",".join(COMMANDS)).split(",")
FREE_PORT = "18098"
ENVIRONMENT = os.environ | {
    "BCE_EMULATOR_IMAGE": IMAGE,
    "BCE_EMULATOR_PUBLISHED_PORT": FREE_PORT,
    "TESTCONTAINERS_RYUK_DISABLED": "true",  # its image comes from a registry; these tests clean up themselves
}


def perform(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("language", COMMANDS)
def test_testcontainers(language):
    if language not in WANTED:
        pytest.skip(f"testcontainers in {language}: EXAMPLES=all or EXAMPLES={language} runs it")
    if not shutil.which(COMMANDS[language][0][0]):
        pytest.skip(f"testcontainers in {language}: there is no {COMMANDS[language][0][0]} on this machine")

    for command in COMMANDS[language]:
        perform(command, FOLDER / "testcontainers" / language)


@pytest.fixture(scope="module", autouse=True)
def compose():
    done = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return done.returncode == 0


def test_compose_starts_it_and_waits_until_it_is_healthy(compose):
    if not compose:
        pytest.skip("compose: docker has no compose plugin on this machine")
    command = ["docker", "compose", "--file", "compose.yaml", "--project-name", "bce-emulator-probe"]

    try:
        perform([*command, "up", "--detach", "--wait"], FOLDER)

        assert is_ready(int(FREE_PORT))
    finally:
        perform([*command, "down", "--volumes"], FOLDER)


def test_compose_runs_a_test_job_against_it(compose):
    if not compose:
        pytest.skip("compose with a test job: docker has no compose plugin on this machine")
    command = ["docker", "compose", "--file", "compose.test.yaml", "--project-name", "bce-emulator-probe-job"]

    try:
        seen = perform([*command, "up", "--exit-code-from", "tests"], FOLDER)

        assert "is Running" in seen
    finally:
        perform([*command, "down", "--volumes"], FOLDER)
