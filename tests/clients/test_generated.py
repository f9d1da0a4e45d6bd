"""A client that a well-kept tool generates from the control API's OpenAPI document is typed, whole, and works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from bce_emulator import __version__
from bce_emulator.testing import Server
from tests.clients.client import CACHE, HERE
from tests.clients.tools.python import interpreter_with
from tests.control.shapes import control_calls

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("generated")]
TOKEN = "an admin token"


@pytest.fixture(scope="module")
def server():
    with Server(admin_token=TOKEN) as running:
        yield running


@pytest.fixture(scope="module")
def python() -> Path:
    return interpreter_with(CACHE / "generated", HERE / "generated" / "requirements.txt")


@pytest.fixture(scope="module")
def package(server, python, tmp_path_factory) -> Path:
    """The package that the tool made, without a warning."""
    folder = tmp_path_factory.mktemp("generated")
    request = urllib.request.Request(
        f"{server.endpoint}/_emulator/openapi.json", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request) as response:
        (folder / "openapi.json").write_bytes(response.read())
    options = ("--path", folder / "openapi.json", "--meta", "none", "--output-path", folder / "control")
    tool = [python.with_name("openapi-python-client"), "generate", *options, "--fail-on-warning"]
    paths = os.pathsep.join([str(python.parent), os.environ["PATH"]])  # it formats with the ruff of its environment
    done = subprocess.run(tool, env=os.environ | {"PATH": paths}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_call_is_generated(package):
    found = [path for path in (package / "control" / "api").glob("*/*.py") if path.name != "__init__.py"]

    assert len(found) == len(control_calls())


def test_the_generated_client_drives_the_emulator(server, python, package):
    shutil.copy(HERE / "generated" / "main.py", package)
    environment = os.environ | {"BCE_ENDPOINT": server.endpoint, "ADMIN_TOKEN": TOKEN}

    done = subprocess.run([python, "main.py"], cwd=package, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    refused = {name: seen.pop(name) for name in list(seen) if "token" in name or name.startswith("no such")}
    assert {name: (status, model, bool(reason)) for name, (status, model, reason) in refused.items()} == {
        "without a token": (401, "Refused", True),
        "with a wrong token": (401, "Refused", True),
        "with the token": (200, "Version", False),
        "no such operation": (400, "Refused", True),
        "no such account": (404, "Refused", True),
    }
    assert seen == {
        "live": [200, "Live", ""],
        "ready": [200, "Ready", ""],
        "version": __version__,
        "frozen": [True, 0],
        "advanced": ["Advanced", []],
        "planned": ["FaultShown", "ListZones", 2, 2],
        "faults": [True],
        "minted": True,
        "journal": "JournalShown",
        "reset": ["test"],
    }
