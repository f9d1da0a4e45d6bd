"""A directory for accounts, and one that a kill has left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cloud import Cloud
from tests.control.test_state import control
from tests.engine.persist.stores import CREATED


@pytest.fixture
def directory(tmp_path) -> str:
    return str(tmp_path / "state")


@pytest.fixture
def left(tmp_path) -> Path:
    """What is on disk when a server is killed that has acknowledged some creations."""
    directory = tmp_path / "state"
    cloud = Cloud(state=str(directory), freeze=False)
    control(cloud, "PUT", "clock", {"frozen": True})
    for _ in range(CREATED):
        cloud.create()
    shutil.copytree(directory, tmp_path / "left")
    cloud.emulator.close()
    return tmp_path / "left"
