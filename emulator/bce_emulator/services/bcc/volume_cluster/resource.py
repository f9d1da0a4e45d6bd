"""What a volume cluster is. https://cloud.baidu.com/doc/BCC/s/mlc47m05x"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bcc.volume_cluster.lifecycle import LIFECYCLE, PREPARING
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class VolumeCluster(Resource):
    """So many GB of one type of disk in one zone. ``next_size_gb`` is what it will have when it has grown."""

    prefix: ClassVar[str] = "DC"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = PREPARING
    name: str
    size_gb: int
    storage_type: str
    zone: str
    expires: float
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()
    next_size_gb: int = 0
