"""The bill of materials lists the lock file, whole."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bce_emulator import __version__
from tests.container.files import DOCKER, ROOT

LOCK = (ROOT / "requirements" / "run.txt").read_text()


def write() -> str:
    return subprocess.run(
        [sys.executable, str(DOCKER / "sbom.py")], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def bill():
    return json.loads(write())


def test_every_package_is_listed_with_every_hash(bill):
    listed = {part["name"] for part in bill["components"]}
    hashes = [ref["hashes"][0]["content"] for part in bill["components"] for ref in part["externalReferences"]]

    assert listed == {line.partition("==")[0] for line in LOCK.splitlines() if "==" in line and line[0] != "#"}
    assert len(hashes) == LOCK.count("--hash=sha256:")


def test_everything_is_there_for_a_reason(bill):
    needs = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}
    reached, ahead = set(), ["bce-emulator"]
    while ahead:
        reference = ahead.pop()
        if reference not in reached:
            reached.add(reference)
            ahead += needs[reference]

    assert reached == {"bce-emulator", *(part["bom-ref"] for part in bill["components"])}


def test_it_is_about_this_version(bill):
    assert bill["metadata"]["component"]["version"] == __version__
    assert bill["specVersion"] == "1.6"


def test_the_same_lock_file_gives_the_same_bytes():
    assert write() == write()
