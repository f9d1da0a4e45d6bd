"""What a HaVip goes through. https://cloud.baidu.com/doc/VPC/s/0le5gd07h"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

AVAILABLE, BINDED = "available", "binded"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in    meanwhile  then  s  refused with
    row("delete", (AVAILABLE,),  GONE,      GONE, 0, OperationDenied),
    permissions=(
        #      action   allowed in  refused with
        permit("detach", (BINDED,), OperationDenied),
    ),
    states=(AVAILABLE, BINDED),
)
# fmt: on
