"""Checks a bill of materials: ``check_sbom.py BILL LOCK VERSION``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.markers import Marker

PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)


def faults(text: str, lock: str, version: str) -> list[str]:
    """What is wrong: the form, the version, a package too many or too few, without licence or without a reason."""
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        return [str(fault)]
    bill = json.loads(text)
    own = bill["metadata"]["component"]
    parts = {part["bom-ref"]: part for part in bill["components"]}
    locked = {f"pkg:pypi/{name}@{pin}" for name, pin, marker in PIN.findall(lock) if not marker or holds(marker)}
    listed = {part["purl"] for part in parts.values()}
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    reached, ahead = set(), [own["bom-ref"]]
    while ahead:
        if (reference := ahead.pop()) not in reached:
            reached.add(reference)
            ahead += needs[reference]
    return [
        *([f"it is of version {own.get('version')}, not {version}"] if own.get("version") != version else []),
        *(f"{each} is locked, and not listed" for each in sorted(locked - listed)),
        *(f"{each} is listed, and not locked" for each in sorted(listed - locked)),
        *(f"{each} has no licence" for each in sorted(parts) if not parts[each].get("licenses")),
        *(f"nothing needs {each}" for each in sorted(set(parts) - reached)),
    ]


def holds(marker: str) -> bool:
    """Whether a package belongs to this system, which is that of the image."""
    return Marker(marker).evaluate()


if __name__ == "__main__":
    bill, lock, version = sys.argv[1:]
    found = faults(Path(bill).read_text(encoding="utf-8"), Path(lock).read_text(encoding="utf-8"), version)
    sys.exit("\n".join(f"{bill}: {each}" for each in found) or 0)
