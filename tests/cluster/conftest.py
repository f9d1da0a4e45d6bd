"""One database server for a run, and one cluster on it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cluster.services import Cluster, Postgres

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    from tests.cluster.services import Postgres

    with tempfile.TemporaryDirectory(prefix="bce-emulator-postgres-") as folder:
        started = Postgres(Path(folder))
        yield started
        started.stop("immediate")


@pytest.fixture(scope="session")
def cluster(postgres) -> Iterator[Cluster]:
    from tests.cluster.services import Cluster

    with tempfile.TemporaryDirectory(prefix="bce-emulator-cluster-") as folder:
        started = Cluster(Path(folder), postgres)
        try:
            started.wait()
            yield started
        finally:
            for each in started.replicas:
                print(f"replica {each.number} at {each.address}:\n{each.log()[-4_000:]}")
            started.stop()


@pytest.fixture
def database(postgres) -> str:
    """The address of an empty database."""
    name = f"emulator_{next(NUMBERS)}"
    postgres.do(f"CREATE DATABASE {name}")
    return f"{postgres.address.rpartition('/')[0]}/{name}"
