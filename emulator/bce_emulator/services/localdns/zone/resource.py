"""What a private zone is. https://cloud.baidu.com/doc/DNS/s/jkk6kkh7x"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import Resource

ZONE_QUOTA = account_setting("localdns.zoneQuota", 50, "private zones of an account")


class BoundVpc(NamedTuple):
    """A VPC in which a zone is resolved, and its region."""

    region: str
    vpc_id: str


@dataclass(slots=True, kw_only=True, eq=False)
class PrivateZone(Resource):
    """A domain that is resolved inside VPCs only. It belongs to an account, not to a region."""

    prefix: ClassVar[str] = "zone"
    id_letters: ClassVar[str] = "lower"

    name: str
    updated: float
    vpcs: tuple[BoundVpc, ...] = ()
