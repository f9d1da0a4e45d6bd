"""A directory for accounts."""

from __future__ import annotations

import pytest


@pytest.fixture
def directory(tmp_path) -> str:
    return str(tmp_path / "state")
