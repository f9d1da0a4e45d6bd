"""The lifecycle of a task."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

PROCESSING, FINISHED, FAILED = "Processing", "Finished", "Failed"


# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in      meanwhile  then      s   refused with
    row("process",  (PROCESSING,),  SAME,      FINISHED, 10, OperationDenied),
    states=(PROCESSING, FINISHED, FAILED),
)
# fmt: on
