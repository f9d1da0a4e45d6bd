"""What a measurement needs of the machine, told in one sentence where it is not there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def need(*programs: str) -> None:
    """End with status 2 if one of these programs is missing, or the cores that taskset is told."""
    missing = [name for name in programs if not shutil.which(name)]
    if "taskset" in programs and not {0, 1} <= os.sched_getaffinity(0):
        missing.append("cores 0 and 1")
    if missing:
        print(f"{Path(sys.argv[0]).name}: this machine lacks {', '.join(missing)}", file=sys.stderr)
        raise SystemExit(2)
