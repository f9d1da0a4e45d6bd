"""The lifecycle of an image."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageNotAvailable,
    ImageNotBeingCopied,
)
from bce_emulator.services.shared.images import AVAILABLE, COPYING

CREATING = "Creating"
FAILED, NOT_AVAILABLE, ERROR = "CreateFailed", "NotAvailable", "Error"

STATES = (CREATING, AVAILABLE, COPYING, FAILED, NOT_AVAILABLE, ERROR)

CREATED = (AVAILABLE, FAILED, NOT_AVAILABLE, ERROR)


# fmt: off
LIFECYCLE = Lifecycle(
    #    action          allowed in     meanwhile  then       s    refused with
    row("create",        (CREATING,),   SAME,      AVAILABLE, 120, OperationDenied),
    row("import",        (CREATING,),   SAME,      AVAILABLE, 180, OperationDenied),
    row("receive_copy",  (COPYING,),    SAME,      AVAILABLE, 300, OperationDenied),
    row("cancel_copy",   (COPYING,),    GONE,      GONE,      0,   ImageNotBeingCopied),
    row("delete",        CREATED,       GONE,      GONE,      0,   CreatingImageCannotBeDeleted),
    permissions=(
        #      action  allowed in    refused with
        permit("copy",  (AVAILABLE,), ImageNotAvailable),
        permit("share", (AVAILABLE,), OperationDenied),
        permit("use",   (AVAILABLE,), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
