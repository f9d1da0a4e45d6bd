"""Checks a bill of materials against the schema of CycloneDX: ``check_sbom.py FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(Path(sys.argv[1]).read_text())
sys.exit(f"{sys.argv[1]}: {fault}" if fault else 0)
