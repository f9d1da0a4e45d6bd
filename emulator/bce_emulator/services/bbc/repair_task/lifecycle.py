"""What a repair goes through. The statuses are named after the kinds of times that the API has; all is proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

NEW, IGNORED, REPAIRING, CHECKING, CLOSED = "newTask", "unAuthorizeTask", "authorizeTask", "checkTask", "closedTask"
STATES = (NEW, IGNORED, REPAIRING, CHECKING, CLOSED)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action         allowed in      meanwhile  then      s     refused with
    row("authorize",    (NEW, IGNORED), REPAIRING, CHECKING, 3600, OperationDenied),
    row("unauthorize",  (NEW,),         IGNORED,   IGNORED,  0,    OperationDenied),
    row("confirm",      (CHECKING,),    CLOSED,    CLOSED,   0,    OperationDenied),
    row("disconfirm",   (CHECKING,),    REPAIRING, CHECKING, 3600, OperationDenied),
    states=STATES,
)
# fmt: on
