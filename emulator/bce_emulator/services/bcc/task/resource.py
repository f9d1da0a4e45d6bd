"""What a task is: something asked for whose progress can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import OperationDenied

PROCESSING, FINISHED, FAILED = "Processing", "Finished", "Failed"
SHOWN_FOR = 7 * 24 * 3600
"""Seconds for which a task can be looked at."""

# fmt: off
LIFECYCLE = Lifecycle(
    #    action     allowed in      meanwhile  then      s   refused with
    row("process",  (PROCESSING,),  SAME,      FINISHED, 10, OperationDenied),
    states=(PROCESSING, FINISHED, FAILED),
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Task(Resource):
    """One action on some resources."""

    prefix: ClassVar[str] = "task"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = PROCESSING
    action: str
    resource_ids: tuple[str, ...]
    finished: float | None = None
