"""What a snapshot goes through."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, row
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
    row("roll_back",    (AVAILABLE,),         SAME,      SAME,      0,  ROLL_BACK),
    row("make_volume",  (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    row("make_image",   (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    row("copy",         (AVAILABLE,),         SAME,      SAME,      0,  RemoteCopyDenied),
    row("share",        (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    states=STATES,
)
# fmt: on
