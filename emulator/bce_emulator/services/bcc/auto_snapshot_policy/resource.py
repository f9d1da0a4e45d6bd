"""What an automatic snapshot policy is, and its errors. https://cloud.baidu.com/doc/BCC/s/Sjwvynywx"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bcc.snapshot.share_resource import has_shares


@dataclass(slots=True, kw_only=True, eq=False)
class AutoSnapshotPolicy(Resource):
    """When snapshots of volumes are made, and how long they are kept; -1 days are for ever."""

    prefix: ClassVar[str] = "asp"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=("active",))
    looks_at_others: ClassVar[Looks] = has_shares

    state: str = "active"
    name: str
    time_points: tuple[int, ...]
    repeat_weekdays: tuple[int, ...]
    retention_days: int
    updated: float = 0.0
    last_run: float = 0.0
