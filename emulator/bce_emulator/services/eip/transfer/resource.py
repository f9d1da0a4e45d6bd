"""The lifecycle of a transfer is, and what it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle, row
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import OperationDenied

TRANSFERING, PROCESSING, SUCCESS, FAILED = "transfering", "processing", "success", "failed"
CANCEL, REJECT, TIMEOUT = "cancel", "reject", "timeout"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in       meanwhile   then     s  refused with
    row("accept",   (TRANSFERING,),  PROCESSING, SUCCESS, 5, OperationDenied),
    row("reject",   (TRANSFERING,),  REJECT,     REJECT,  0, OperationDenied),
    row("cancel",   (TRANSFERING,),  CANCEL,     CANCEL,  0, OperationDenied),
    states=(TRANSFERING, PROCESSING, SUCCESS, FAILED, CANCEL, REJECT, TIMEOUT),
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class EipTransfer(Resource):
    """An EIP as it was when it was offered; the sender and the receiver each have the transfer under the same id."""

    prefix: ClassVar[str] = "tf"
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    looks_at_others: ClassVar[Looks] = True

    state: str = TRANSFERING
    is_received: bool = False
    user_id: str
    to_user_id: str
    eip_id: str
    name: str
    address: str
    route_type: str
    bandwidth: int
    updated: float
