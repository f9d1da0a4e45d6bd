"""What a maintenance event goes through; the order of the published statuses is proposed."""

from __future__ import annotations

from bce_emulator.engine.account.lifecycle import Lifecycle, row
from bce_emulator.engine.errors import OperationDenied

INQUIRING, PROCESSING, EXECUTING, EXECUTED = "Inquiring", "Processing", "Executing", "Executed"
ABNORMAL, REJECTED = "Abnormal", "DisConfirm"
ENDED = "Ended"
"""Among the records, which have the last published status."""

STATES = (INQUIRING, PROCESSING, EXECUTING, EXECUTED, ABNORMAL, REJECTED, ENDED)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action       allowed in               meanwhile   then        s    refused with
    row("authorize",  (INQUIRING,),            PROCESSING, PROCESSING, 60,  OperationDenied),
    row("execute",    (PROCESSING, REJECTED),  EXECUTING,  EXECUTED,   600, OperationDenied),
    row("end",        (EXECUTED,),             ENDED,      ENDED,      0,   OperationDenied),
    row("reject",     (EXECUTED,),             REJECTED,   REJECTED,   60,  OperationDenied),
    states=STATES,
    shown_as={ENDED: EXECUTED},
)
# fmt: on
