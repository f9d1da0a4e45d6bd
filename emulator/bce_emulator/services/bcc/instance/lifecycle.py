"""The lifecycle of an instance."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import (
    CannotAttachVolume,
    CannotDetachVolume,
    ExpiredInstanceForbiddenBind,
    ImageInstanceStatusForbidden,
    KeypairInstanceStatusForbidden,
    PasswordOperationForbidden,
    RebootInstanceOperationForbidden,
    RefundStatusNotSupported,
    ReleaseWhileCreating,
    StartExpiredInstance,
    StartInstanceOperationForbidden,
    StartInstanceWhenCreating,
    StopInstanceOperationForbidden,
)

CREATING = "Creating"
STARTING, RUNNING, STOPPING, STOPPED = "Starting", "Running", "Stopping", "Stopped"

SCALING, SNAPSHOT, IMAGE = "Scaling", "SnapshotProcessing", "ImageProcessing"
SUBNET, VPC = "ChangeSubnet", "ChangeVpc"

EXPIRED, RECYCLED, ERROR = "Expired", "Recycled", "Error"

BUSY = (SCALING, SNAPSHOT, IMAGE, SUBNET, VPC)

STATES = (CREATING, STARTING, RUNNING, STOPPING, STOPPED, *BUSY, EXPIRED, RECYCLED, ERROR)

BOTH = (RUNNING, STOPPED)
ANY = STATES[:-2]

QUIET = (STARTING, RUNNING, STOPPING, STOPPED)

UNSCALED = (*QUIET, SNAPSHOT, IMAGE, SUBNET, VPC)

LIVE = (*QUIET, *BUSY, ERROR)

START = {
    CREATING: StartInstanceWhenCreating,
    EXPIRED: StartExpiredInstance,
    RECYCLED: StartExpiredInstance,
    OTHERWISE: StartInstanceOperationForbidden,
}

RELEASE = {CREATING: ReleaseWhileCreating, RECYCLED: NoSuchObject, OTHERWISE: OperationDenied}

BIND = {EXPIRED: ExpiredInstanceForbiddenBind, RECYCLED: ExpiredInstanceForbiddenBind, OTHERWISE: OperationDenied}


# fmt: off
LIFECYCLE = Lifecycle(
    #    action               allowed in               meanwhile  then      s    refused with
    row("create",             (CREATING,),             SAME,      RUNNING,  30,  OperationDenied),
    row("start",              (STOPPED,),              STARTING,  RUNNING,  30,  START),
    row("stop",               (RUNNING,),              STOPPING,  STOPPED,  20,  StopInstanceOperationForbidden),
    row("reboot",             (RUNNING,),              STARTING,  RUNNING,  40,  RebootInstanceOperationForbidden),
    row("rebuild",            BOTH,                    IMAGE,     RUNNING,  120, OperationDenied),
    row("resize",             BOTH,                    SCALING,   SAME,     60,  OperationDenied),
    row("change_password",    (RUNNING,),              STARTING,  RUNNING,  30,  PasswordOperationForbidden),
    row("change_password",    (STOPPED,),              SAME,      SAME,     0,   PasswordOperationForbidden),
    row("restart",            (RUNNING,),              STARTING,  RUNNING,  40,  OperationDenied),
    row("restart",            (STOPPED,),              SAME,      SAME,     0,   OperationDenied),
    row("change_subnet",      BOTH,                    SUBNET,    SAME,     40,  OperationDenied),
    row("change_vpc",         BOTH,                    VPC,       SAME,     40,  OperationDenied),
    row("change_vpc_of_ebc",  (RUNNING,),              VPC,       SAME,     40,  OperationDenied),
    row("create_image",       BOTH,                    IMAGE,     SAME,     120, ImageInstanceStatusForbidden),
    row("create_snapshot",    BOTH,                    SNAPSHOT,  SAME,     60,  OperationDenied),
    row("release",            (STARTING, RUNNING, STOPPING, STOPPED, EXPIRED, ERROR), GONE, GONE, 0, RELEASE),
    row("recycle",            (STARTING, RUNNING, STOPPING, STOPPED, EXPIRED, ERROR), RECYCLED, RECYCLED, 0, RELEASE),
    row("delete_recycled",    (RECYCLED,),             GONE,      GONE,     0,   NoSuchObject),
    row("recover",            (RECYCLED,),             STARTING,  RUNNING,  30,  OperationDenied),
    row("expire",             (CREATING, *LIVE),       EXPIRED,   EXPIRED,  0,   OperationDenied),
    row("renew",              UNSCALED,                SAME,      SAME,     0,   OperationDenied),
    row("renew",              (EXPIRED,),              STARTING,  RUNNING,  30,  OperationDenied),
    row("enter_rescue",       BOTH,                    STARTING,  RUNNING,  40,  OperationDenied),
    row("exit_rescue",        BOTH,                    STARTING,  RUNNING,  40,  OperationDenied),
    permissions=(
        #      action             allowed in          refused with
        permit("rename",           BOTH,               OperationDenied),
        permit("set_queues",       (STOPPED,),         OperationDenied),
        permit("describe",         BOTH,               OperationDenied),
        permit("change_hostname",  BOTH,               OperationDenied),
        permit("show_console",     (*ANY[:-1], ERROR), OperationDenied),
        permit("change_addresses", BOTH,               OperationDenied),
        permit("attach_volume",    BOTH,               CannotAttachVolume),
        permit("detach_volume",    BOTH,               CannotDetachVolume),
        permit("change_keypair",   BOTH,               KeypairInstanceStatusForbidden),
        permit("bind_group",       (*ANY[:-1], ERROR), BIND),
        permit("set_auto_renew",   (*ANY, ERROR),      OperationDenied),
        permit("to_prepaid",       BOTH,               OperationDenied),
        permit("to_postpaid",      BOTH,               OperationDenied),
        permit("plan_release",     (CREATING, *LIVE),  OperationDenied),
        permit("refund",           (*QUIET, ERROR),    RefundStatusNotSupported),
        permit("protect",          (*ANY, ERROR),      OperationDenied),
    ),
    states=STATES,
    shown_as={CREATING: STARTING},
)
# fmt: on
