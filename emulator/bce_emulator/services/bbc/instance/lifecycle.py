"""What a server goes through. The statuses are those of the API; rules and times are proposed, after those of BCC."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.image.errors import ServerStatusForbidden

CREATING = "Creating"
STARTING, RUNNING, STOPPING, STOPPED = "Starting", "Running", "Stopping", "Stopped"
IMAGE, VPC, RECHARGING = "ImageProcessing", "ChangeVpc", "Recharging"
EXPIRED, RECYCLED, ERROR = "Expired", "Recycled", "Error"
QUIET = (STARTING, RUNNING, STOPPING, STOPPED)
STATES = (CREATING, *QUIET, IMAGE, VPC, RECHARGING, ERROR, EXPIRED, RECYCLED)
BOTH, CHANGING = (RUNNING, STOPPED), (STARTING, STOPPING)
LEAVING = (*QUIET, ERROR, EXPIRED)
RELEASE = {RECYCLED: NoSuchObject, OTHERWISE: OperationDenied}

# fmt: off
LIFECYCLE = Lifecycle(
    #    action             allowed in    meanwhile   then      s    refused with
    row("create",           (CREATING,),  SAME,       RUNNING,  300, OperationDenied),
    row("start",            (STOPPED,),   STARTING,   RUNNING,  120, OperationDenied),
    row("stop",             (RUNNING,),   STOPPING,   STOPPED,  60,  OperationDenied),
    row("reboot",           (RUNNING,),   STARTING,   RUNNING,  180, OperationDenied),
    row("rebuild",          BOTH,         IMAGE,      RUNNING,  300, OperationDenied),
    row("change_password",  (RUNNING,),   STARTING,   RUNNING,  180, OperationDenied),
    row("change_password",  (STOPPED,),   SAME,       SAME,     0,   OperationDenied),
    row("change_network",   BOTH,         VPC,        SAME,     60,  OperationDenied),
    row("release",          LEAVING,      GONE,       GONE,     0,   RELEASE),
    row("recycle",          LEAVING,      RECYCLED,   RECYCLED, 0,   RELEASE),
    row("delete_recycled",  (RECYCLED,),  GONE,       GONE,     0,   NoSuchObject),
    row("recover",          (RECYCLED,),  STARTING,   RUNNING,  120, NoSuchObject),
    row("expire",           STATES[:-1],  EXPIRED,    EXPIRED,  0,   OperationDenied),
    row("expire",           (RECYCLED,),  SAME,       SAME,     0,   OperationDenied),
    row("renew",            BOTH,         RECHARGING, SAME,     10,  OperationDenied),
    row("renew",            CHANGING,     SAME,       SAME,     0,   OperationDenied),
    row("renew",            (EXPIRED,),   RECHARGING, RUNNING,  120, OperationDenied),
    permissions=(
        #      action             allowed in    refused with
        permit("rename",           BOTH,        OperationDenied),
        permit("change_addresses", BOTH,        OperationDenied),
        permit("bind_group",       STATES[:-2], OperationDenied),
        permit("set_auto_renew",   STATES[:-1], OperationDenied),
        permit("show_console",     (RUNNING,),  OperationDenied),
        permit("create_image",     BOTH,        ServerStatusForbidden),
    ),
    states=STATES,
    shown_as={CREATING: STARTING},
)
# fmt: on
