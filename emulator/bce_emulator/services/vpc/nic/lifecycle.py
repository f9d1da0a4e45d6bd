"""What a network interface goes through. Statuses: https://cloud.baidu.com/doc/VPC/s/6kknfn5m8"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.vpc.nic.errors import EniStatusNotAllowed

AVAILABLE, ATTACHING, INUSE, DETACHING = "available", "attaching", "inuse", "detaching"
PRIMARY = "Available"
"""The state of the card that an instance is made with, which never leaves it."""
BOTH = (AVAILABLE, INUSE, PRIMARY)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in                     meanwhile  then       s  refused with
    row("attach",   (AVAILABLE,),                  ATTACHING, INUSE,     5, OperationDenied),
    row("detach",   (INUSE,),                      DETACHING, AVAILABLE, 5, OperationDenied),
    row("let_go",   (ATTACHING, INUSE, DETACHING), AVAILABLE, AVAILABLE, 0, OperationDenied),
    row("delete",   (AVAILABLE,),                  GONE,      GONE,      0, OperationDenied),
    permissions=(
        #      action              allowed in  refused with
        permit("bind_eip",         BOTH,       OperationDenied),
        permit("change_addresses", BOTH,       EniStatusNotAllowed),
    ),
    states=(AVAILABLE, ATTACHING, INUSE, DETACHING, PRIMARY),
    shown_as={PRIMARY: INUSE},
)
# fmt: on
