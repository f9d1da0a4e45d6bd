"""Writes the bill of materials of the image as CycloneDX 1.6, from the lock file alone: ``sbom.py > sbom.cdx.json``."""

from __future__ import annotations

import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements" / "run.txt"
OWN = "run.in"
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]*[^\\\s]))?", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Pin(NamedTuple):
    """One package of the lock file."""

    name: str
    version: str
    marker: str
    hashes: list[str]
    wanted_by: list[str]

    @property
    def reference(self) -> str:
        """What the package is called in every bill of materials."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_pins(text: str) -> list[Pin]:
    """The packages of a lock file that ``uv pip compile --generate-hashes`` wrote."""
    starts = [*PIN.finditer(text)]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return [
        Pin(
            found["name"],
            found["version"],
            found["marker"] or "",
            HASH.findall(text, found.end(), end),
            wanted_by(text[found.end() : end]),
        )
        for found, end in zip(starts, ends, strict=True)
    ]


def wanted_by(block: str) -> list[str]:
    """The names after ``# via``."""
    _, _, after = block.partition("# via")
    names = [line.strip().lstrip("#").strip() for line in after.splitlines()]
    return [name.removeprefix("-r ") for name in names if name]


def version() -> str:
    """The emulator's own version."""
    found = re.search(r'__version__ = "(.+)"', (ROOT / "emulator" / "bce_emulator" / "__init__.py").read_text())
    assert found
    return found[1]


def component(pin: Pin) -> dict[str, Any]:
    """A package with every file of it that an installation accepts."""
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": pin.reference,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.reference,
        "externalReferences": [
            {"type": "distribution", "url": pin.reference, "hashes": [{"alg": "SHA-256", "content": digest}]}
            for digest in pin.hashes
        ],
    }
    if pin.marker:
        made["properties"] = [{"name": "bce-emulator:marker", "value": pin.marker}]
    return made


def bill(pins: list[Pin], own_version: str) -> dict[str, Any]:
    """The whole document; the same lock file always gives the same bytes."""
    own = {"type": "application", "bom-ref": "bce-emulator", "name": "bce-emulator", "version": own_version}
    parents = {OWN: "bce-emulator"} | {pin.name: pin.reference for pin in pins}
    needs: dict[str, list[str]] = {reference: [] for reference in parents.values()}
    for pin in pins:
        for name in pin.wanted_by:
            needs[parents[name]].append(pin.reference)
    components = [component(pin) for pin in pins]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([own, components]))}",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": [{"ref": reference, "dependsOn": sorted(of)} for reference, of in needs.items()],
    }


if __name__ == "__main__":
    json.dump(bill(read_pins(LOCK.read_text()), version()), sys.stdout, indent=2)
    print()
