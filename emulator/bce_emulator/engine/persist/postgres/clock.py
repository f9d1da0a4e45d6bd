"""The clock that leases are measured with: it goes on while a process is stopped and while a machine sleeps."""

from __future__ import annotations

import time

if hasattr(time, "CLOCK_BOOTTIME"):

    def now() -> float:
        """Seconds since the machine started."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)
else:
    now = time.monotonic
