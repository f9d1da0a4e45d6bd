"""What an image goes through. The statuses are those of Terraform's provider, but for a copy's; the rest is ours."""

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
MADE = (AVAILABLE, "CreatedFailed", "NotAvailable", "Error")

# fmt: off
LIFECYCLE = Lifecycle(
    #    action         allowed in   meanwhile then       s    refused with
    row("create",       (CREATING,), SAME,     AVAILABLE, 120, OperationDenied),
    row("receive_copy", (COPYING,),  SAME,     AVAILABLE, 300, OperationDenied),
    row("cancel_copy",  (COPYING,),  GONE,     GONE,      0,   ImageNotBeingCopied),
    row("delete",       MADE,        GONE,     GONE,      0,   CreatingImageCannotBeDeleted),
    permissions=(
        #      action  allowed in    refused with
        permit("copy", (AVAILABLE,), ImageNotAvailable),
        permit("use",  (AVAILABLE,), OperationDenied),
    ),
    states=(CREATING, COPYING, *MADE),
)
# fmt: on
