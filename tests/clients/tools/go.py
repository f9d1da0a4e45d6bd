"""Go programs: modules that go.sum pins, built into the cache."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.clients.client import CACHE, HERE, Client
from tests.clients.tools.stamps import prepared, run

PROGRAM = HERE / "go1"


def of_this_version(client: Client) -> list[str]:
    """The program in go1, built with the go.mod and go.sum of this client; the tag tells what its version declares."""
    return _built(client, sorted(PROGRAM.glob("*.go")))


def of_its_own(client: Client) -> list[str]:
    """The program in the client's own folder, with what go1 has for every program."""
    return _built(client, [*sorted((HERE / client.name).glob("*.go")), PROGRAM / "program.go"])


def _built(client: Client, sources: list[Path]) -> list[str]:
    pins = [HERE / client.name / name for name in ("go.mod", "go.sum")]
    built = client.cache / "program"
    with prepared(client.cache, *pins, *sources) as stale:
        if stale:
            folder = client.cache / "source"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for file in (*pins, *sources):
                shutil.copy(file, folder)
            tag = f"v{client.version.replace('.', '_')}"
            run("go", "build", "-mod=readonly", "-tags", tag, "-o", built, ".", cwd=folder, env=environment())
    return [str(built)]


def environment() -> dict[str, str]:
    """Modules and compiled packages stay in the project's cache, and can be deleted like any other file."""
    kept = {"GOMODCACHE": str(CACHE / "go-modules"), "GOCACHE": str(CACHE / "go-build"), "GOFLAGS": "-modcacherw"}
    return os.environ | kept
