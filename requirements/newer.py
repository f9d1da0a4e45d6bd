"""Which tests ``make newest`` runs: ``newer.py PYTHON`` prints paths, or nothing where every test is to run.

With the versions of the lock every test runs anyway. Where nothing that a test runs on is newer, some are enough.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

TOOLS = frozenset(
    {
        "ast-serialize", "coverage", "editables", "hatchling", "librt", "mypy", "mypy-extensions", "packaging",
        "pathspec", "pip", "pytest-cov", "ruff", "setuptools", "tomlkit", "trove-classifiers", "types-pyyaml",
    }
)  # fmt: skip
"""What checks or builds, or measures, and is no part of what is tested."""
PART = "tests/cli tests/test_locks.py tests/control/test_contract.py tests/engine/http/test_bad_input.py"


def paths(locked: Mapping[str, str], installed: Mapping[str, str]) -> str:
    """The tests to run with what is installed; a package that no lock has counts as any other."""
    newer = {name for name, version in installed.items() if locked.get(name) != version}
    return PART if newer <= TOOLS else ""


def main() -> None:
    """Print them, and what is newer."""
    from record import HERE, pins

    command = [
        sys.argv[1],
        "-m",
        "pip",
        "--disable-pip-version-check",
        "list",
        "--format",
        "json",
        "--exclude-editable",
    ]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    installed = {each["name"].lower().replace("_", "-"): each["version"] for each in listed}
    locked = {pin.name: pin.version for pin in pins((HERE / "dev.txt").read_text(encoding="utf-8"))}
    newer = sorted(f"{name} {version}" for name, version in installed.items() if locked.get(name) != version)
    print(f"other versions than those of the lock: {', '.join(newer)}", file=sys.stderr)
    print(paths(locked, installed))


if __name__ == "__main__":
    main()
