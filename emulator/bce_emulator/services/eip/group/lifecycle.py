"""What a group goes through. Statuses: https://intl.cloud.baidu.com/en/doc/EIP/s/Zjwvz2xzs-intl-en"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

AVAILABLE, PAUSED, EXPIRED = "available", "paused", "expired"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action      allowed in                    meanwhile  then       s  refused with
    row("expire",    (AVAILABLE, PAUSED, EXPIRED), EXPIRED,   EXPIRED,   0, OperationDenied),
    row("renew",     (AVAILABLE,),                 SAME,      SAME,      0, OperationDenied),
    row("renew",     (EXPIRED,),                   AVAILABLE, AVAILABLE, 0, OperationDenied),
    row("release",   (AVAILABLE, PAUSED, EXPIRED), GONE,      GONE,      0, OperationDenied),
    permissions=(
        #      action    allowed in    refused with
        permit("change", (AVAILABLE,), OperationDenied),
    ),
    states=(AVAILABLE, PAUSED, EXPIRED),
)
# fmt: on
