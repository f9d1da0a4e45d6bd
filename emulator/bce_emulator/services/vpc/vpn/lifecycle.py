"""What a VPN gateway goes through. Its statuses are known from clients; the seconds are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

BUILDING, UNCONFIGURED, CONFIGURING, ACTIVE, DOWN = "building", "unconfigured", "configuring", "active", "down"
STATES = (BUILDING, UNCONFIGURED, CONFIGURING, ACTIVE, DOWN)
SETTLED = (UNCONFIGURED, ACTIVE)
"""Without tunnels and SSL server, and with some: what ends in the one ends in the other if there are any."""

# fmt: off
LIFECYCLE = Lifecycle(
    #    action       allowed in        meanwhile     then          s   refused with
    row("create",    (BUILDING,),       SAME,         UNCONFIGURED, 10, OperationDenied),
    row("configure", SETTLED,           CONFIGURING,  UNCONFIGURED, 3,  OperationDenied),
    row("expire",    STATES,            DOWN,         DOWN,         0,  OperationDenied),
    row("renew",     SETTLED,           SAME,         SAME,         0,  OperationDenied),
    row("renew",     (DOWN,),           UNCONFIGURED, UNCONFIGURED, 0,  OperationDenied),
    row("release",   (*SETTLED, DOWN),  GONE,         GONE,         0,  OperationDenied),
    permissions=(
        #      action         allowed in               refused with
        permit("carry",       STATES[:-1],             OperationDenied),
        permit("add_content", (*SETTLED, CONFIGURING), OperationDenied),
    ),
    states=STATES,
)
# fmt: on
