"""What a peer connection goes through. https://cloud.baidu.com/doc/VPC/s/Fjwvyuemr

Each of its two ends has these states; but for the synchronization of DNS both are in the same one.
"""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

CREATING, CONSULTING, CONSULT_FAILED, STARTING = "creating", "consulting", "consult_failed", "starting"
ACTIVE, UPDATING, DOWN, DELETING = "active", "updating", "down", "deleting"
SYNCING, UNSYNCING = "active (dns syncing)", "active (dns closing)"
IN_USE = (ACTIVE, SYNCING, UNSYNCING)
STATES = (CREATING, CONSULTING, CONSULT_FAILED, STARTING, *IN_USE, UPDATING, DOWN, DELETING)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action       allowed in                                   meanwhile       then            s  refused with
    row("create",     (CREATING,),                                 SAME,           ACTIVE,         5, OperationDenied),
    row("offer",      (CREATING,),                                 SAME,           CONSULTING,     5, OperationDenied),
    row("accept",     (CONSULTING,),                               STARTING,       ACTIVE,         5, OperationDenied),
    row("reject",     (CONSULTING,),                               CONSULT_FAILED, CONSULT_FAILED, 0, OperationDenied),
    row("resize",     IN_USE,                                      UPDATING,       ACTIVE,         5, OperationDenied),
    row("open_dns",   (ACTIVE,),                                   SYNCING,        ACTIVE,         3, OperationDenied),
    row("close_dns",  (ACTIVE,),                                   UNSYNCING,      ACTIVE,         3, OperationDenied),
    row("expire",     STATES[:-1],                                 DOWN,           DOWN,           0, OperationDenied),
    row("expire",     (DELETING,),                                 SAME,           SAME,           0, OperationDenied),
    row("renew",      IN_USE,                                      SAME,           SAME,           0, OperationDenied),
    row("renew",      (DOWN,),                                     ACTIVE,         ACTIVE,         0, OperationDenied),
    row("release",    (*IN_USE, CONSULTING, CONSULT_FAILED, DOWN), DELETING,       GONE,           5, OperationDenied),
    states=STATES,
    shown_as={SYNCING: ACTIVE, UNSYNCING: ACTIVE},
)
# fmt: on
