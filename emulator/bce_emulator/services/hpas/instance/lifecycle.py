"""What an instance goes through. The statuses are those of Terraform's provider; rules and times are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

CREATING = "Creating"
STARTING, ACTIVE, STOPPING, STOPPED = "Starting", "Active", "Stopping", "Stopped"
REBOOT, REBUILD, PASSWORD = "Reboot", "Rebuild", "Password"
SUBNET, VPC = "ChangeSubnet", "ChangeVpc"
EXPIRED, ERROR = "Expired", "Error"
STATES = (CREATING, STARTING, ACTIVE, STOPPING, STOPPED, REBOOT, REBUILD, PASSWORD, SUBNET, VPC, ERROR, EXPIRED)
BOTH = (ACTIVE, STOPPED)
LEAVING = (STARTING, ACTIVE, STOPPING, STOPPED, ERROR, EXPIRED)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action            allowed in   meanwhile  then     s    refused with
    row("create",          (CREATING,), SAME,      ACTIVE,  120, OperationDenied),
    row("start",           (STOPPED,),  STARTING,  ACTIVE,  60,  OperationDenied),
    row("stop",            (ACTIVE,),   STOPPING,  STOPPED, 30,  OperationDenied),
    row("reboot",          (ACTIVE,),   REBOOT,    ACTIVE,  60,  OperationDenied),
    row("reset",           BOTH,        REBUILD,   ACTIVE,  180, OperationDenied),
    row("change_password", (ACTIVE,),   PASSWORD,  ACTIVE,  30,  OperationDenied),
    row("change_password", (STOPPED,),  SAME,      SAME,    0,   OperationDenied),
    row("change_subnet",   (ACTIVE,),   REBOOT,    ACTIVE,  60,  OperationDenied),
    row("change_subnet",   (STOPPED,),  SUBNET,    SAME,    40,  OperationDenied),
    row("change_vpc",      BOTH,        VPC,       SAME,    40,  OperationDenied),
    row("release",         LEAVING,     GONE,      GONE,    0,   OperationDenied),
    row("renew",           BOTH,        SAME,      SAME,    0,   OperationDenied),
    row("renew",           (EXPIRED,),  STARTING,  ACTIVE,  60,  OperationDenied),
    row("expire",          STATES,      EXPIRED,   EXPIRED, 0,   OperationDenied),
    permissions=(
        #      action             allowed in   refused with
        permit("rename",           BOTH,        OperationDenied),
        permit("change_frames",    BOTH,        OperationDenied),
        permit("create_image",     BOTH,        OperationDenied),
        permit("show_console",     STATES[:-1], OperationDenied),
        permit("bind_group",       STATES[:-1], OperationDenied),
        permit("attach_volume",    BOTH,        OperationDenied),
        permit("change_addresses", BOTH,        OperationDenied),
    ),
    states=STATES,
)
# fmt: on
