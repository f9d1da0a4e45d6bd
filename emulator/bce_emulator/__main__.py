"""The command line: ``bce-emulator``, or ``python -m bce_emulator``."""

from __future__ import annotations

import sys

from bce_emulator.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
