"""What a snapshot chain is. https://cloud.baidu.com/doc/BCC/s/1kckej0zw-en"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class SnapshotChain(Resource):
    """All snapshots of one volume: it comes with the first and goes with the last."""

    prefix: ClassVar[str] = "sl"

    volume_id: str
    instance_id: str = ""
    is_system: bool = False
    volume_gb: int
    tags: tuple[Tag, ...] = ()
