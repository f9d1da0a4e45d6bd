"""What a NAT gateway goes through. Its statuses are known from clients; the seconds are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

BUILDING, UNCONFIGURED, CONFIGURING, ACTIVE = "building", "unconfigured", "configuring", "active"
UPDATING, DELETING, DOWN = "updating", "deleting", "down"
STATES = (BUILDING, UNCONFIGURED, CONFIGURING, ACTIVE, UPDATING, DELETING, DOWN)
SETTLED = (UNCONFIGURED, ACTIVE)
"""Without addresses, and with some: whatever ends in the one ends in the other if there are addresses."""
CARRYING = (BUILDING, UNCONFIGURED, CONFIGURING, ACTIVE)
IN_USE = (UNCONFIGURED, CONFIGURING, ACTIVE, UPDATING)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action       allowed in        meanwhile     then          s   refused with
    row("create",    (BUILDING,),       SAME,         UNCONFIGURED, 10, OperationDenied),
    row("configure", SETTLED,           CONFIGURING,  UNCONFIGURED, 3,  OperationDenied),
    row("resize",    SETTLED,           UPDATING,     SAME,         5,  OperationDenied),
    row("expire",    STATES,            DOWN,         DOWN,         0,  OperationDenied),
    row("renew",     SETTLED,           SAME,         SAME,         0,  OperationDenied),
    row("renew",     (DOWN,),           UNCONFIGURED, UNCONFIGURED, 0,  OperationDenied),
    row("release",   (*SETTLED, DOWN),  DELETING,     GONE,         5,  OperationDenied),
    permissions=(
        #      action          allowed in  refused with
        permit("carry",        CARRYING,   OperationDenied),
        permit("change_rules", IN_USE,     OperationDenied),
    ),
    states=STATES,
)
# fmt: on
