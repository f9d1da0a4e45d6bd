"""One cluster for a run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cluster() -> Iterator[object]:
    from tests.cluster.services import Cluster

    with tempfile.TemporaryDirectory(prefix="bce-emulator-cluster-") as folder:
        started = Cluster(Path(folder))
        try:
            yield started
        finally:
            started.stop()
