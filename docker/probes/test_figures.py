"""Sizes, memory and processor time: all printed; sizes and memory held to what the documents promise."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tarfile
import time
import zlib
from pathlib import Path

import pytest

from probes.containers import HARDENED, IMAGE, docker, inspect

MEGA = 1_000_000
STAND_IN = "stand-in.of"
IDLE_SECONDS = 4
DOCKERFILE = Path(__file__).parents[2] / "Dockerfile"


@pytest.fixture(scope="module")
def layers() -> list[bytes]:
    """The layers of the image, the base's first."""
    saved = subprocess.run(["docker", "save", IMAGE], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(saved)) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        return [archive.extractfile(name).read() for name in manifest["Layers"]]


def own_layers() -> int:
    """How many layers the last stage of the Dockerfile makes."""
    *_, last_stage = DOCKERFILE.read_text().split("\nFROM ")
    return len(re.findall(r"^(RUN|COPY) ", last_stage, re.MULTILINE))


def unpacked(layer: bytes) -> int:
    with tarfile.open(fileobj=io.BytesIO(layer)) as archive:
        return sum(member.size for member in archive)


def packed(layer: bytes) -> int:
    return len(layer if layer[:2] == b"\x1f\x8b" else zlib.compress(layer, 6))


def test_the_application_is_less_than_45_mb_over_its_base(layers, figure):
    stand_in = any(name.startswith(STAND_IN) for name in inspect(IMAGE, "image")["Config"]["Labels"])
    own = layers[-own_layers() :]

    for name, part in (("application layers", own), ("whole image", layers)):
        note = " (on a stand-in base)" if stand_in and part is layers else ""
        figure(f"{name}, unpacked", f"{sum(map(unpacked, part)) / MEGA:.1f} MB{note}")
        figure(f"{name}, compressed", f"{sum(map(packed, part)) / MEGA:.1f} MB{note}")
    assert 20 < sum(map(unpacked, own)) / MEGA < 45


def test_idle_it_takes_less_than_60_mib(start, usage, figure):
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


def test_a_health_check_succeeds_each_time(start, usage, figure):
    emulator = start("--no-healthcheck").ready()

    before, _ = usage(emulator.name)
    for _ in range(5):
        docker("exec", emulator.name, "bce-emulator", "health")
    after, _ = usage(emulator.name)

    figure("one health check", f"{(after - before) / 5 * 1000:.0f} ms of processor time, every 30 s")
