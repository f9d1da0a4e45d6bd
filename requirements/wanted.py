"""What a person asked for: ``wanted.py dev`` prints what the lock ``dev.txt`` is made from."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
OPTIONAL: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
EXTRAS: list[str] = [each for extra in OPTIONAL.values() for each in extra]
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]


def wanted(lock: Path) -> list[str]:
    """The requirements of a lock: a group, the package's own, an extra's or all; a client's has a file beside it."""
    if lock.parent != HERE:
        return lock.with_suffix(".in").read_text(encoding="utf-8").splitlines()
    if lock.stem == "run":
        return DEPENDENCIES
    if lock.stem in OPTIONAL:
        return DEPENDENCIES + OPTIONAL[lock.stem]
    if lock.stem == "lowest":
        return [each.replace(">=", "==") for each in DEPENDENCIES + EXTRAS] + GROUPS["dev"]
    return (DEPENDENCIES + EXTRAS if lock.stem == "dev" else []) + GROUPS[lock.stem]


if __name__ == "__main__":
    print("\n".join(wanted(HERE / f"{sys.argv[1]}.txt")))
