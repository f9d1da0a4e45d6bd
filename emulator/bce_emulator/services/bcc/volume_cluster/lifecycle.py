"""What a volume cluster goes through. ``preparing`` is documented; all else is proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

PREPARING, AVAILABLE, EXPANDING, EXPIRED = "preparing", "available", "expanding", "expired"
STATES = (PREPARING, AVAILABLE, EXPANDING, EXPIRED)
PAID = (PREPARING, AVAILABLE, EXPANDING)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in            meanwhile  then       s   refused with
    row("create",  (PREPARING,),          SAME,      AVAILABLE, 60, OperationDenied),
    row("resize",  (AVAILABLE,),          EXPANDING, AVAILABLE, 60, OperationDenied),
    row("refund",  (AVAILABLE, EXPIRED),  GONE,      GONE,      0,  OperationDenied),
    row("expire",  STATES,                EXPIRED,   EXPIRED,   0,  OperationDenied),
    row("renew",   PAID,                  SAME,      SAME,      0,  OperationDenied),
    row("renew",   (EXPIRED,),            AVAILABLE, AVAILABLE, 0,  OperationDenied),
    permissions=(
        #      action           allowed in              refused with
        permit("carry",          (AVAILABLE, EXPANDING), OperationDenied),
        permit("set_auto_renew", PAID,                   OperationDenied),
    ),
    states=STATES,
)
# fmt: on
