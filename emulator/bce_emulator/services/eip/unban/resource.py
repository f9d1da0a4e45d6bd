"""What a ban is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource


@dataclass(slots=True, kw_only=True, eq=False)
class Ban(Resource):
    """The ban of an EIP until ``ends``, in Unix seconds. No call creates one."""

    prefix: ClassVar[str] = "ban"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("eip_id", "eip.Eip", OnDelete.CASCADE),)

    eip_id: str
    by_package: bool = False
    started: float
    ends: float
