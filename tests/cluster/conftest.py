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
            started.wait()
            yield started
        finally:
            for each in started.replicas:
                print(f"replica {each.number} at {each.address}:\n{each.log()[-4_000:]}")
            started.stop()
