"""What a service publishing point goes through. https://cloud.baidu.com/doc/BLB/s/6mrlvoz6g

Whether one leads to a load balancer, and whether a service card leads to it, is worked out when it is shown.
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

NORMAL, UNAVAILABLE, DEAD = "(normal)", "unavailable", "dead"
STATES = (NORMAL, UNAVAILABLE, DEAD)
FREE, AVAILABLE, IN_SERVICE = "free", "available", "inService"
"""The status of a normal one without a load balancer, with one, and with one that service cards use."""

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in   meanwhile  then       s  refused with
    row("delete",  STATES,      GONE,      GONE,      0, OperationDenied),
    states=STATES,
)
# fmt: on
