"""The image with the extra postgres keeps accounts in a database; the one without it says what is missing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cluster.postgres import Postgres, programs

from probes.containers import HARDENED, IMAGE, IMAGE_WITH_POSTGRES, create, docker, status

MOUNTED = "/run/postgresql"


@pytest.fixture
def database() -> Iterator[tuple[str, ...]]:
    """Options that give a container the socket of a PostgreSQL of this machine, and its address."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL on this machine")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        data, sockets = Path(folder, "server"), Path(folder, "sockets")
        data.mkdir()
        sockets.mkdir()
        sockets.chmod(0o777)
        server = Postgres(data, sockets)
        state = f"postgresql://bce@/postgres?host={MOUNTED}&port={server.port}"
        yield ("--volume", f"{sockets}:{MOUNTED}", "--env", f"BCE_EMULATOR_STATE={state}")
        server.stop("immediate")


def test_with_the_extra_what_was_made_is_there_after_a_restart(start, database):
    emulator = start(*HARDENED, *database, "--env", "BCE_EMULATOR_PACE=instant", image=IMAGE_WITH_POSTGRES).ready()
    made = create(emulator.client())

    docker("restart", emulator.name)

    assert status(emulator.ready().client(), made) == "Running"


def test_without_the_extra_it_is_one_clear_line_and_status_2():
    done = docker(
        "run", "--rm", "--env", "BCE_EMULATOR_STATE=postgresql://bce:hidden@db.example/bce", IMAGE, check=False
    )

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "bce-emulator[postgres]" in done.stderr
    assert "hidden" not in done.stderr
