"""What an EIP goes through. Statuses: https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound

CREATING, AVAILABLE, BINDING, BINDED, UNBINDING = "creating", "available", "binding", "binded", "unbinding"
UPDATING, PAUSED, UNAVAILABLE = "updating", "paused", "unavailable"
RECYCLED = "recycled"
STATES = (CREATING, AVAILABLE, BINDING, BINDED, UNBINDING, UPDATING, PAUSED, UNAVAILABLE, RECYCLED)

USABLE = (AVAILABLE, BINDED)
FREED = (CREATING, AVAILABLE, BINDING, BINDED, UNBINDING, UPDATING)
"""Where an EIP can be while something carries it; a planned fault ends a binding in any of them."""

# fmt: off
LIFECYCLE = Lifecycle(
    #    action          allowed in             meanwhile  then       s  refused with
    row("create",        (CREATING,),           SAME,      AVAILABLE, 5, OperationDenied),
    row("bind",          (AVAILABLE,),          BINDING,   BINDED,    3, OperationDenied),
    row("unbind",        USABLE,                UNBINDING, AVAILABLE, 3, OperationDenied),
    row("unbind",        (PAUSED,),             PAUSED,    PAUSED,    0, OperationDenied),
    row("assign",        (AVAILABLE,),          BINDED,    BINDED,    0, OperationDenied),
    row("free",          FREED,                 AVAILABLE, AVAILABLE, 0, OperationDenied),
    row("free",          STATES[-3:],           SAME,      SAME,      0, OperationDenied),
    row("update",        USABLE,                UPDATING,  SAME,      5, OperationDenied),
    row("expire",        FREED,                 PAUSED,    PAUSED,    0, OperationDenied),
    row("expire",        STATES[-3:],           SAME,      SAME,      0, OperationDenied),
    row("renew",         USABLE,                SAME,      SAME,      0, OperationDenied),
    row("renew",         (PAUSED,),             AVAILABLE, AVAILABLE, 0, OperationDenied),
    row("resume",        (PAUSED,),             BINDED,    BINDED,    0, OperationDenied),
    row("release",       (AVAILABLE, PAUSED),   GONE,      GONE,      0, OperationDenied),
    row("refund",        USABLE,                GONE,      GONE,      0, OperationDenied),
    row("recycle",       (*USABLE, PAUSED),     RECYCLED,  RECYCLED,  0, OperationDenied),
    row("restore",       (RECYCLED,),           AVAILABLE, AVAILABLE, 0, EipNotFound),
    row("delete",        (RECYCLED,),           GONE,      GONE,      0, EipNotFound),
    permissions=(
        #      action            allowed in    refused with
        permit("direct",         (BINDED,),    OperationDenied),
        permit("set_auto_renew", USABLE,       OperationDenied),
        permit("to_prepaid",     USABLE,       OperationDenied),
        permit("move_in",        USABLE,       OperationDenied),
        permit("add_package",    USABLE,       OperationDenied),
        permit("transfer",       (AVAILABLE,), OperationDenied),
    ),
    states=STATES,
    shown_as={RECYCLED: PAUSED},
)
# fmt: on
