"""What a deploy set is. https://cloud.baidu.com/doc/BCC/s/Pkckh1m1q"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.resources import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class DeploySet(Resource):
    """A rule that keeps instances on different hosts, racks or switches."""

    prefix: ClassVar[str] = "dset"

    name: str
    desc: str = ""
    strategy: str = "HOST_HA"
    concurrency: int = 1
