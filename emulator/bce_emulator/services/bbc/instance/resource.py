"""What a server is. https://cloud.baidu.com/doc/BBC/s/zjwvxuajn"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.bbc.instance.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.shared.operating_systems import NO_SYSTEM, OperatingSystem
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class Server(Resource):
    """A bare-metal instance. Times are Unix seconds; what is deleted with it goes when it goes for good."""

    prefix: ClassVar[str] = "i"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("deploy_set_id", "bbc.ServerDeploySet"),)

    state: str = CREATING
    uuid: str
    name: str
    hostname: str = ""
    desc: str = ""
    flavor_id: str
    raid_id: str
    root_gb: int
    image_id: str
    os: OperatingSystem = NO_SYSTEM
    zone: str
    nic_id: str
    deploy_set_id: str = ""
    payment: str = "Postpaid"
    expires: float | None = None
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()
    recycled: float | None = None
    deleted_with_addresses: tuple[str, ...] = ()
    deleted_with_enis: bool = False
    turns: tuple[float, ...] = ()
