"""Notes what each locked package asks for, by its own metadata, so that a test can prove the locks complete."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
LOCKS = [*sorted(HERE.glob("*.txt")), *sorted((HERE.parent / "tests" / "clients").glob("*/requirements.txt"))]
RECORD = HERE / "requires.json"
BLOCK = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\\n((?:    --hash=.*\n)+)", re.MULTILINE)
ELSEWHERE = {
    "sys_platform == 'win32'": ("--platform", "win_amd64", "--only-binary", ":all:"),
    "python_full_version == '3.13.*'": (
        "--python-version",
        "3.13",
        "--ignore-requires-python",
        "--only-binary",
        ":all:",
    ),
}
"""How pip is asked for what this machine may not be able to install, by its marker."""


class Pin(NamedTuple):
    """One package of a lock."""

    name: str
    version: str
    marker: str
    hashes: str

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"


def pins(lock: str) -> list[Pin]:
    """The packages of a lock that ``uv pip compile --generate-hashes`` wrote."""
    return [Pin(*(part or "" for part in found)) for found in BLOCK.findall(lock)]


def asked(wanted: list[Pin], *platform: str) -> dict[str, list[str]]:
    """What these packages ask for, as pip reads it from the very files that the lock names."""
    with tempfile.TemporaryDirectory() as folder:
        lock, report = Path(folder, "lock.txt"), Path(folder, "report.json")
        lock.write_text("".join(f"{pin} \\\n{pin.hashes}" for pin in wanted))
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run")
        how = ("--ignore-installed", "--no-deps", "--require-hashes", "--target", folder, *platform)
        subprocess.run((*pip, *how, "--report", report, "-r", lock), check=True)
        told = [each["metadata"] for each in json.loads(report.read_text())["install"]]
    return {f"{plain(each['name'])}=={each['version']}": each.get("requires_dist", []) for each in told}


def plain(name: str) -> str:
    """The name as locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def record() -> dict[str, list[str]]:
    """What every package of every lock asks for."""
    noted: dict[str, list[str]] = {}
    for lock in LOCKS:
        wanted = [pin for pin in pins(lock.read_text()) if str(pin) not in noted]
        for marker, platform in [*ELSEWHERE.items(), ("", ())]:
            part = [pin for pin in wanted if marker == (pin.marker if pin.marker in ELSEWHERE else "")]
            noted |= asked(part, *platform) if part else {}
    return noted


def note() -> None:
    """Write it down."""
    RECORD.write_text(json.dumps(record(), indent=1, sort_keys=True) + "\n")
