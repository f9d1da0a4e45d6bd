"""What an instance snapshot goes through. The statuses are those that a client knows; the seconds are proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, permit, row
from bce_emulator.engine.errors import OperationDenied

CREATING, ACTIVE, DELETING, ERROR = "creating", "active", "deleting", "error"
ERROR_ROLLBACK = "errorRollback"
UNREACHED = ("rollback", "error_deleting", "errorDelete", "deleted", "unknown")
STATES = (CREATING, ACTIVE, DELETING, ERROR, ERROR_ROLLBACK, *UNREACHED)
QUIET = (ACTIVE, ERROR, ERROR_ROLLBACK)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action    allowed in    meanwhile  then    s   refused with
    row("create",  (CREATING,),  SAME,      ACTIVE, 60, OperationDenied),
    row("delete",  QUIET,        DELETING,  GONE,   10, OperationDenied),
    permissions=(
        permit("rename", QUIET, OperationDenied),
    ),
    states=STATES,
)
# fmt: on
