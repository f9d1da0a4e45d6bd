"""Sizes, memory and idle time: measured, printed, and held to what the documents promise."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
import time
import zlib

import pytest

from probes.containers import HARDENED, IMAGE, docker, inspect

MEGA = 1_000_000
STAND_IN = "stand-in.of"
IDLE_SECONDS = 4


@pytest.fixture(scope="module")
def layers() -> list[bytes]:
    """The layers of the image, the base's first."""
    saved = subprocess.run(["docker", "save", IMAGE], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(saved)) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        return [archive.extractfile(name).read() for name in manifest["Layers"]]


def base_layers() -> int:
    """How many layers are the base's."""
    base = inspect(IMAGE, "image")["Config"]["Labels"]["org.opencontainers.image.base.name"].rpartition("/")[2]
    return len(inspect(base, "image")["RootFS"]["Layers"])


def packed(layer: bytes) -> int:
    return len(layer if layer[:2] == b"\x1f\x8b" else zlib.compress(layer, 6))


def test_the_application_is_less_than_40_mb_over_its_base(layers, figure):
    own = layers[base_layers() :]

    stand_in = any(name.startswith(STAND_IN) for name in inspect(IMAGE, "image")["Config"]["Labels"])
    unpacked = sum(map(len, own)) / MEGA
    figure("application layers, unpacked", f"{unpacked:.1f} MB")
    figure("application layers, compressed", f"{sum(map(packed, own)) / MEGA:.1f} MB")
    figure("whole image, unpacked", f"{inspect(IMAGE, 'image')['Size'] / MEGA:.1f} MB" + " (stand-in base)" * stand_in)
    figure("whole image, compressed", f"{sum(map(packed, layers)) / MEGA:.1f} MB" + " (stand-in base)" * stand_in)
    assert unpacked < 40


def test_idle_it_takes_less_than_60_mib_and_next_to_no_processor_time(start, usage, figure):
    emulator = start(*HARDENED).healthy()
    emulator.client().list_zones()
    time.sleep(1)

    before, _ = usage(emulator.name)
    began = time.monotonic()
    time.sleep(IDLE_SECONDS)
    after, memory = usage(emulator.name)

    share = (after - before) / (time.monotonic() - began)
    figure("memory, idle", f"{memory:.1f} MiB")
    figure("processor, idle", f"{share:.2%} of a core")
    assert memory < 60
    assert share < 0.01


def test_a_health_check_costs_little(start, usage, figure):
    emulator = start("--no-healthcheck").ready()

    before, _ = usage(emulator.name)
    for _ in range(5):
        docker("exec", emulator.name, "bce-emulator", "health")
    after, _ = usage(emulator.name)

    figure("one health check", f"{(after - before) / 5 * 1000:.0f} ms of processor time, every 30 s")
    assert (after - before) / 5 < 0.5
