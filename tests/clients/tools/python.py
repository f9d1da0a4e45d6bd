"""Python programs: the project's own interpreter, or a virtual environment of pinned and hashed packages."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.clients.client import HERE, Client
from tests.clients.tools.stamps import prepared, run


def of_the_project(client: Client) -> list[str]:
    """The SDK stands in the project's requirements already."""
    return [sys.executable, program(client)]


def of_its_own(client: Client) -> list[str]:
    """A virtual environment made of the program's requirements.txt."""
    return [str(interpreter_with(client.cache, HERE / client.name / "requirements.txt")), program(client)]


def interpreter_with(cache: Path, requirements: Path) -> Path:
    """The interpreter of a virtual environment in the cache that has what a lock pins."""
    interpreter = cache / "venv" / "bin" / "python"
    with prepared(cache, requirements) as stale:
        if stale:
            run(sys.executable, "-m", "venv", "--clear", cache / "venv")
            run(interpreter, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", requirements)
            run(interpreter, "-m", "pip", "check")
    return interpreter


def program(client: Client) -> str:
    path: Path = HERE / client.name / "main.py"
    return str(path)
