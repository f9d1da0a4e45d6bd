"""What a group is. https://cloud.baidu.com/doc/EIP/s/ijwvz2zq8"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.eip.group.lifecycle import AVAILABLE, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

IPV6_QUOTA = account_setting("eip.eipv6QuotaOfGroup", 256, "IPv6 EIPs in a shared bandwidth")


@dataclass(slots=True, kw_only=True, eq=False)
class EipGroup(Resource):
    """A bandwidth in Mbps that EIPs share; they name it, not the other way round."""

    prefix: ClassVar[str] = "eg"
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = AVAILABLE
    name: str
    bandwidth: int
    route_type: str = "BGP"
    payment: str = "Postpaid"
    billing_method: str = ""
    expires: float | None = None
    tags: tuple[Tag, ...] = ()
