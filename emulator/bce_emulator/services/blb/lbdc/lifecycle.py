"""What a dedicated cluster goes through; that it is paused when it has expired is proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.blb.errors import ServiceBlocked

AVAILABLE, PAUSED = "available", "paused"
STATES = (AVAILABLE, PAUSED)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in     meanwhile  then       s  refused with
    row("expire",  STATES,        PAUSED,    PAUSED,    0, ServiceBlocked),
    row("renew",   STATES,        AVAILABLE, AVAILABLE, 0, ServiceBlocked),
    permissions=(
        permit("change", (AVAILABLE,), ServiceBlocked),
        permit("carry", (AVAILABLE,), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
