"""What a cluster is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class EipCluster(Resource):
    """Gateways that only one account uses, in some zones. No call creates one."""

    prefix: ClassVar[str] = "c"
    id_letters: ClassVar[str] = "hex"

    name: str
    zones: tuple[str, ...] = ()
    in_bps: int = 0
    out_bps: int = 0
    in_pps: int = 0
    out_pps: int = 0
