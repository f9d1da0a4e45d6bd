"""What a bandwidth package is. https://cloud.baidu.com/doc/EIP/s/mk0m4ecrk"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.shared.tags import Tag

BANDWIDTH, ACCELERATION = "BandwidthPackage", "AccelerationPackage"


@dataclass(slots=True, kw_only=True, eq=False)
class BandwidthPackage(Resource):
    """More Mbps for an EIP or a group (``target_id``), until ``releases`` or for as long as that is there."""

    prefix: ClassVar[str] = "bw"
    id_letters: ClassVar[str] = "hex"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("target_id", "eip.Eip", OnDelete.CASCADE),
        ForeignKey("target_id", "eip.EipGroup", OnDelete.CASCADE),
    )

    name: str
    target_id: str
    type: str = BANDWIDTH
    bandwidth: int
    releases: float | None = None
    tags: tuple[Tag, ...] = ()
