"""What a service card is. https://cloud.baidu.com/doc/SNIC/s/zkkus2uf2"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.endpoint.lifecycle import LIFECYCLE, UNAVAILABLE

BANDWIDTH_QUOTA = account_setting("vpc.endpointBandwidthQuota", 50_000, "Mbps of all service cards in a region")


@dataclass(slots=True, kw_only=True, eq=False)
class Snic(Resource):
    """An address in a subnet, and the name of the service that it leads to; bandwidth is Mbps."""

    prefix: ClassVar[str] = "endpoint"
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("subnet_id", "vpc.Subnet"),
        ForeignKey("security_group_ids", "vpc.SecurityGroup"),
        ForeignKey("enterprise_security_group_ids", "vpc.EnterpriseSecurityGroup"),
    )

    state: str = UNAVAILABLE
    name: str
    desc: str = ""
    vpc_id: str
    subnet_id: str
    ip_address: str
    service: str
    bandwidth: int
    tags: tuple[Tag, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_ids: tuple[str, ...] = ()
