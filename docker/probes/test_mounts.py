"""What is mounted at /seed and /state."""

from __future__ import annotations

import uuid

import pytest

from probes.containers import HARDENED, IMAGE, create, docker, reboot, shell, status

EXAMPLE = "import bce_emulator.seeds.seed_file as seeds, sys; sys.stdout.write(seeds.EXAMPLE_FILE.read_text())"


@pytest.fixture
def volume():
    name = docker("volume", "create", f"bce-emulator-probe-{uuid.uuid4().hex}").stdout.strip()
    yield name
    docker("volume", "rm", "--force", name)


@pytest.fixture
def seed_file(tmp_path):
    """The example seed as a file of the host."""
    path = tmp_path / "seed.yaml"
    path.write_text(shell(f"python -c '{EXAMPLE}'"))
    tmp_path.chmod(0o755)
    path.chmod(0o644)
    return path


def test_a_restart_with_a_mounted_state_keeps_the_instances(volume, start):
    mount = ("--mount", f"type=volume,source={volume},target=/state", "--env", "BCE_EMULATOR_STATE=/state")
    before = start("--read-only", "--cap-drop", "ALL", *mount).ready()
    instance_id = create(before.client())
    before.stop()

    after = start("--read-only", "--cap-drop", "ALL", *mount).ready()

    assert status(after.client(), instance_id) == "Running"
    reboot(after.client(), instance_id)


def test_a_seed_file_is_the_state_at_the_start(start, seed_file):
    mount = ("--mount", f"type=bind,source={seed_file.parent},target=/seed,readonly")
    emulator = start(*HARDENED, *mount, "--env", f"BCE_EMULATOR_SEED=/seed/{seed_file.name}").healthy()

    reboot(emulator.client(), "i-YufwpQAe")


def test_a_seed_file_that_is_not_there_stops_the_start():
    done = docker("run", "--rm", "--env", "BCE_EMULATOR_SEED=/seed/missing.yaml", IMAGE, check=False)

    assert done.returncode == 2
    assert "/seed/missing.yaml" in done.stderr
    assert "Traceback" not in done.stderr
