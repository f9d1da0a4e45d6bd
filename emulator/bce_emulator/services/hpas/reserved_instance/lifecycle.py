"""What a reserved instance goes through. The statuses are Terraform's; rules and times are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

CREATING, ACTIVE, EXPIRED = "Creating", "Active", "Expired"
STATES = (CREATING, ACTIVE, EXPIRED)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in   meanwhile  then     s   refused with
    row("create",  (CREATING,), SAME,      ACTIVE,  10, OperationDenied),
    row("expire",  STATES,      EXPIRED,   EXPIRED, 0,  OperationDenied),
    permissions=(
        permit("change", (ACTIVE,), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
