"""What a traffic package is, and what it goes through. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import OperationDenied

RUNNING, EXPIRED, USED_UP = "RUNNING", "EXPIRED", "USED_UP"


@dataclass(slots=True, kw_only=True, eq=False)
class TrafficPackage(Resource):
    """So many bytes between two moments, in Unix seconds."""

    prefix: ClassVar[str] = "tp"
    id_letters: ClassVar[str] = "mixed10"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(
        row("expire", (RUNNING,), EXPIRED, EXPIRED, 0, OperationDenied), states=(RUNNING, EXPIRED, USED_UP)
    )

    state: str = RUNNING
    capacity: int
    used: int = 0
    deduct_policy: str = "FullTimeDurationPackage"
    package_type: str = "WebOutBytes"
    active: float
    expires: float
