"""The files of the project, without git: a source distribution or an archive has none."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = [".git", *(ROOT / ".gitignore").read_text().replace("/\n", "\n").split()]
"""The names of files and folders that are made and not written."""


def sources(root: Path = ROOT) -> list[str]:
    """The paths of all files that a person wrote, or that are kept like those."""
    found: list[str] = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not is_made(name))
        found += [Path(folder, name).relative_to(root).as_posix() for name in sorted(files) if not is_made(name)]
    return found


def is_made(name: str) -> bool:
    """Whether a file or folder of this name is made when the project is used."""
    return any(fnmatch(name, pattern) for pattern in MADE)
