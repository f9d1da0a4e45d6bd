"""Makes every lock anew from what a person asked for, then notes what each pinned package asks for: ``make locks``."""

from __future__ import annotations

import subprocess
import sys

from record import LOCKS, note
from wanted import wanted

COMPILE = ("uv", "pip", "compile", "-", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
NOTE = ("--custom-compile-command", "make locks")

if __name__ == "__main__":
    for lock in LOCKS:
        command = (sys.executable, "-m", *COMPILE, *NOTE, *sys.argv[1:], "--output-file", lock)
        subprocess.run(command, input="\n".join(wanted(lock)), text=True, check=True)
    note()
