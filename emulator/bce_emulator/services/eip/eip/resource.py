"""What an EIP is. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.eip.eip.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

EIP_QUOTA = account_setting("eip.eipQuota", 130, "EIPs in a region")


@dataclass(slots=True, kw_only=True, eq=False)
class Eip(Resource):
    """A public address that can be bound. The bandwidth is Mbps, ``expires`` Unix seconds if it is paid for ahead."""

    prefix: ClassVar[str] = "ip"
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = CREATING
    name: str
    address: str
    ip_version: str = "ipv4"
    route_type: str = "BGP"
    bandwidth: int
    payment: str = "Postpaid"
    billing_method: str = ""
    expires: float | None = None
    auto_renew_months: int = 0
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()
