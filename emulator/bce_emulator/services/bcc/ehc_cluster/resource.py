"""What an EHC cluster is. https://cloud.baidu.com/doc/BCC/s/Tm1osvyrx"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class EhcCluster(Resource):
    """A name for instances that are near to each other in one zone."""

    prefix: ClassVar[str] = "ehc"

    name: str
    desc: str = ""
    zone: str
    is_default: bool = False
