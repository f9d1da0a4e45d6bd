"""What a service publishing point goes through. https://cloud.baidu.com/doc/BLB/s/6mrlvoz6g

One with a load balancer that a service card leads to is ``inService``, which is worked out when it is shown.
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

FREE, AVAILABLE, UNAVAILABLE, DEAD = "free", "available", "unavailable", "dead"
STATES = (FREE, AVAILABLE, UNAVAILABLE, DEAD)
IN_SERVICE = "inService"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in   meanwhile  then       s  refused with
    row("bind",    (FREE,),     SAME,      AVAILABLE, 0, OperationDenied),
    row("unbind",  STATES[1:],  SAME,      FREE,      0, OperationDenied),
    row("delete",  STATES,      GONE,      GONE,      0, OperationDenied),
    states=STATES,
)
# fmt: on
