"""What an automatic snapshot policy is, and its errors. https://cloud.baidu.com/doc/BCC/s/Sjwvynywx"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class AutoSnapshotPolicy(Resource):
    """When snapshots of volumes are made, and how long they are kept; -1 days are for ever."""

    prefix: ClassVar[str] = "asp"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=("active",))

    state: str = "active"
    name: str
    time_points: tuple[int, ...]
    repeat_weekdays: tuple[int, ...]
    retention_days: int
    updated: float = 0.0
    last_run: float = 0.0
