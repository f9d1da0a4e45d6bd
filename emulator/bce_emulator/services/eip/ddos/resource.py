"""What an attack is. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource


@dataclass(slots=True, kw_only=True, eq=False)
class Attack(Resource):
    """An attack on an EIP. No call creates one; it is under way until ``ended``, in Unix seconds."""

    prefix: ClassVar[str] = "attack"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("eip_id", "eip.Eip", OnDelete.CASCADE),)

    eip_id: str
    started: float
    ended: float | None = None
    types: tuple[str, ...] = ()
    peak_mbps: int = 0
    peak_pps: int = 0
    peak_qps: int = 0

    def is_under_way(self, now: float) -> bool:
        """Whether it has not ended yet."""
        return self.ended is None or now < self.ended
