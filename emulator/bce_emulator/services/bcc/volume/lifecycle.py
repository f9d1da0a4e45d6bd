"""The lifecycle of a volume."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.bcc.volume.errors import (
    DiskNotAttachedInstance,
    DiskStatusCannotBeDeleted,
    DiskStatusNotSupportBillingChange,
    DistNotAvailable,
    ExpiredNotSupportToPostpay,
    NoProgressToList,
    PolicyVolumeStatusInvalid,
)

CREATING, AVAILABLE, ATTACHING, IN_USE, DETACHING = "Creating", "Available", "Attaching", "InUse", "Detaching"
SCALING, SNAPSHOT, IMAGE = "Scaling", "SnapshotProcessing", "ImageProcessing"

RECHARGING, DELETING = "Recharging", "Deleting"
EXPIRED, NOT_AVAILABLE, ERROR = "Expired", "NotAvailable", "Error"

STATES = (
    CREATING, AVAILABLE, ATTACHING, IN_USE, DETACHING, SCALING, SNAPSHOT, IMAGE,
    RECHARGING, DELETING, EXPIRED, NOT_AVAILABLE, ERROR,
)  # fmt: skip

IDLE = (AVAILABLE, IN_USE)

TO_PREPAID = {AVAILABLE: OperationDenied, OTHERWISE: DiskStatusNotSupportBillingChange}

TO_POSTPAID = {EXPIRED: ExpiredNotSupportToPostpay, OTHERWISE: DiskStatusNotSupportBillingChange}


# fmt: off
LIFECYCLE = Lifecycle(
    #    action              allowed in                    meanwhile   then       s   refused with
    row("create",            (CREATING,),                  SAME,       AVAILABLE, 20, OperationDenied),
    row("create_in_use",     (CREATING,),                  SAME,       IN_USE,    30, OperationDenied),
    row("create_to_attach",  (CREATING,),                  SAME,       ATTACHING, 20, OperationDenied),
    row("attach",            (AVAILABLE,),                 ATTACHING,  IN_USE,    10, DistNotAvailable),
    row("attach_new",        (ATTACHING,),                 SAME,       IN_USE,    10, OperationDenied),
    row("detach",            (IN_USE,),                    DETACHING,  AVAILABLE, 10, DiskNotAttachedInstance),
    row("release",           (AVAILABLE, EXPIRED, ERROR),  DELETING,   GONE,      10, DiskStatusCannotBeDeleted),
    row("resize",            IDLE,                         SCALING,    SAME,      60, OperationDenied),
    row("roll_back",         (AVAILABLE,),                 SNAPSHOT,   SAME,      60, OperationDenied),
    row("roll_back_system",  (IN_USE,),                    SNAPSHOT,   SAME,      60, OperationDenied),
    row("create_snapshot",   IDLE,                         SNAPSHOT,   SAME,      60, OperationDenied),
    row("expire",            IDLE,                         EXPIRED,    EXPIRED,   0,  OperationDenied),
    row("renew",             IDLE,                         SAME,       SAME,      0,  OperationDenied),
    row("renew",             (EXPIRED,),                   RECHARGING, AVAILABLE, 10, OperationDenied),
    permissions=(
        #      action          allowed in  refused with
        permit("show_progress", (SCALING,), NoProgressToList),
        permit("to_prepaid",    (IN_USE,),  TO_PREPAID),
        permit("to_postpaid",   IDLE,       TO_POSTPAID),
        permit("take_policy",   (IN_USE,),  PolicyVolumeStatusInvalid),
    ),
    states=STATES,
)
# fmt: on
