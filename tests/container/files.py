"""The files that the tests of this folder read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bce_emulator import __version__

ROOT = Path(__file__).parent.parent.parent
DOCKER = ROOT / "docker"
IMAGE = f"bce-emulator:{__version__}"
SKIPPED = {"node_modules", "target", "__pycache__"}
MADE_BY_TOOLS = {"go.sum", "package-lock.json"}


def texts() -> Iterator[Path]:
    """Every text about the image that somebody may copy from."""
    yield ROOT / "Dockerfile"
    yield from sorted((ROOT / "docs").rglob("*.md"))
    yield from sorted(ROOT.glob("*.md"))
    for path in sorted(DOCKER.rglob("*")):
        if path.is_file() and not SKIPPED & set(path.parts) and path.name not in MADE_BY_TOOLS:
            yield path


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each on one line, without its comments."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    pairs = [line.partition(" ") for line in joined.splitlines() if line]
    return [(word, rest) for word, _, rest in pairs]


def load(name: str) -> Any:
    """A YAML file of the docker folder."""
    return yaml.safe_load((DOCKER / name).read_text())
