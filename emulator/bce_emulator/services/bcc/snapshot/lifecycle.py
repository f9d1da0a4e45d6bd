"""The lifecycle of a snapshot."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.bcc.snapshot.errors import RemoteCopyDenied, SnapshotOperationForbidden

CREATING, AVAILABLE, FAILED, NOT_AVAILABLE = "Creating", "Available", "CreatedFailed", "NotAvailable"

STATES = (CREATING, AVAILABLE, FAILED, NOT_AVAILABLE)

ROLL_BACK = {CREATING: OperationDenied, OTHERWISE: SnapshotOperationForbidden}


# fmt: off
LIFECYCLE = Lifecycle(
    #    action         allowed in            meanwhile  then       s   refused with
    row("create",       (CREATING,),          SAME,      AVAILABLE, 60, OperationDenied),
    row("delete",       (AVAILABLE, FAILED),  GONE,      GONE,      0,  SnapshotOperationForbidden),
    permissions=(
        #      action        allowed in    refused with
        permit("roll_back",   (AVAILABLE,), ROLL_BACK),
        permit("make_volume", (AVAILABLE,), OperationDenied),
        permit("make_image",  (AVAILABLE,), OperationDenied),
        permit("copy",        (AVAILABLE,), RemoteCopyDenied),
        permit("share",       (AVAILABLE,), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
