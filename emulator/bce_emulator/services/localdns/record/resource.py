"""What a record is. https://cloud.baidu.com/doc/DNS/s/Dkk6lu5ds"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource

RECORD_QUOTA = account_setting("localdns.recordQuota", 1_000, "records in a private zone")
TTL = 60


@dataclass(slots=True, kw_only=True, eq=False)
class Record(Resource):
    """What a name in a zone resolves to; a paused one resolves to nothing. Records go along with their zone."""

    prefix: ClassVar[str] = "rc"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("zone_id", "localdns.PrivateZone", on_delete=OnDelete.CASCADE),
    )

    zone_id: str
    rr: str
    type: str
    value: str
    ttl: int = TTL
    priority: int = 0
    desc: str = ""
    enabled: bool = True
