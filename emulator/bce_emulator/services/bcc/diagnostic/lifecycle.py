"""What a diagnostic report goes through; its statuses are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

IN_PROGRESS, FINISHED, FAILED = "InProgress", "Finished", "Failed"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action      allowed in      meanwhile  then      s   refused with
    row("diagnose",  (IN_PROGRESS,), SAME,      FINISHED, 30, OperationDenied),
    states=(IN_PROGRESS, FINISHED, FAILED),
)
# fmt: on
