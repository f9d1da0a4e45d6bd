"""What an EIP goes through. Statuses: https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

CREATING, AVAILABLE, PAUSED = "creating", "available", "paused"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in     meanwhile  then       s  refused with
    row("create",   (CREATING,),   SAME,      AVAILABLE, 5, OperationDenied),
    row("expire",   (AVAILABLE,),  PAUSED,    PAUSED,    0, OperationDenied),
    states=(CREATING, AVAILABLE, PAUSED),
)
# fmt: on
