"""What a service card goes through. https://cloud.baidu.com/doc/SNIC/s/gkkutd6sv

The pages call what does not work ``dead``; Terraform waits for ``unavailable`` to pass.
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

UNAVAILABLE, AVAILABLE, DEAD = "unavailable", "available", "dead"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in                meanwhile  then       s  refused with
    row("create",  (UNAVAILABLE,),           SAME,      AVAILABLE, 5, OperationDenied),
    row("delete",  (UNAVAILABLE, AVAILABLE), GONE,      GONE,      0, OperationDenied),
    states=(UNAVAILABLE, AVAILABLE),
)
# fmt: on
