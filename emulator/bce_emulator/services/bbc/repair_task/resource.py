"""What a repair of a server is. https://cloud.baidu.com/doc/BCC/s/Nlwkenl7l"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.bbc.repair_task.lifecycle import LIFECYCLE, NEW

MAX_RECORDS = 50
"""How many records a repair keeps: the latest."""


class Record(NamedTuple):
    """What was done about a repair, by whom and when."""

    name: str
    operator: str
    moment: float


@dataclass(slots=True, kw_only=True, eq=False)
class RepairTask(Resource):
    """A repair of a server; ``expected`` is when it should be over, and every time is the latest of its kind."""

    prefix: ClassVar[str] = "task"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("server_id", "bbc.Server", OnDelete.CASCADE),)

    state: str = NEW
    server_id: str
    err_result: str
    authorized: float | None = None
    ignored: float | None = None
    expected: float | None = None
    checked: float | None = None
    confirmed: float | None = None
    ended: float | None = None
    records: tuple[Record, ...] = ()
