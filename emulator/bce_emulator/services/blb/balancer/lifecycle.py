"""What a load balancer goes through; the seconds are proposed. https://cloud.baidu.com/doc/BLB/s/Pjwvxnxdm

A change lasts no time unless a test says so: Terraform and Kubernetes make one behind the other without a look at the
status, and retry none that is refused.
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row
from bce_emulator.services.blb.errors import LastOperationNotFinished, ServiceBlocked

CREATING, AVAILABLE, UPDATING = "creating", "available", "updating"
PAUSED, UNAVAILABLE = "paused", "unavailable"
STATES = (CREATING, AVAILABLE, UPDATING, PAUSED, UNAVAILABLE)
SETTLED = (AVAILABLE, PAUSED, UNAVAILABLE)
REFUSED = {PAUSED: ServiceBlocked, UNAVAILABLE: ServiceBlocked, OTHERWISE: LastOperationNotFinished}

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in     meanwhile  then       s  refused with
    row("create",  (CREATING,),   SAME,      AVAILABLE, 4, LastOperationNotFinished),
    row("update",  (AVAILABLE,),  UPDATING,  AVAILABLE, 0, REFUSED),
    row("expire",  STATES,        PAUSED,    PAUSED,    0, LastOperationNotFinished),
    row("renew",   STATES[:3],    SAME,      SAME,      0, ServiceBlocked),
    row("renew",   (PAUSED,),     AVAILABLE, AVAILABLE, 0, ServiceBlocked),
    row("release", SETTLED,       GONE,      GONE,      0, LastOperationNotFinished),
    permissions=(
        permit("carry", (CREATING, AVAILABLE), REFUSED),
    ),
    states=STATES,
)
# fmt: on
