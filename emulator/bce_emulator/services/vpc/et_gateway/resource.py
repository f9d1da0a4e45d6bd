"""What a dedicated-line gateway is. https://cloud.baidu.com/doc/VPC/s/Hk2ygtxlw"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.shared.tags import Tag

RUNNING = "running"


class HealthCheck(NamedTuple):
    """How the line is looked after: from where, every so many seconds, and how often it answers or does not."""

    kind: str
    source_ip: str
    port: int
    interval: int
    threshold: int
    unhealthy_threshold: int


@dataclass(slots=True, kw_only=True, eq=False)
class EtGateway(Resource):
    """A gateway, and the channel of a line that is bound to it; speed is Mbps."""

    prefix: ClassVar[str] = "dcgw"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = Lifecycle(states=(RUNNING,))
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc"),)

    state: str = RUNNING
    name: str
    desc: str = ""
    vpc_id: str
    speed: int
    et_id: str = ""
    channel_id: str = ""
    local_cidrs: tuple[str, ...] = ()
    is_ipv6_enabled: bool = False
    ipv6_local_cidrs: tuple[str, ...] = ()
    health_check: HealthCheck | None = None
    tags: tuple[Tag, ...] = ()
