"""What an image goes through; times are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

CREATING, AVAILABLE, FAILED, NOT_AVAILABLE, ERROR = "Creating", "Available", "CreateFailed", "NotAvailable", "Error"
STATES = (CREATING, AVAILABLE, FAILED, NOT_AVAILABLE, ERROR)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in    meanwhile  then       s    refused with
    row("create",  (CREATING,),  SAME,      AVAILABLE, 300, OperationDenied),
    row("copy",    (CREATING,),  SAME,      AVAILABLE, 600, OperationDenied),
    row("cancel",  (CREATING,),  GONE,      GONE,      0,   OperationDenied),
    row("delete",  STATES[1:],   GONE,      GONE,      0,   OperationDenied),
    permissions=(
        #      action   allowed in     refused with
        permit("use",    (AVAILABLE,), OperationDenied),
        permit("change", (AVAILABLE,), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
