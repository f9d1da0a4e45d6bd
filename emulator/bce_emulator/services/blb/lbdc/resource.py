"""What a dedicated cluster is. https://cloud.baidu.com/doc/BLB/s/6kszzygx4"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.blb.lbdc.lifecycle import AVAILABLE, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

PREFIXES = {"4Layer": "bgw_group", "7Layer": "nginx_group"}
"""What the ids of each type begin with."""
EXCLUSIVE = account_setting(
    "blb.exclusiveClusters", [], "ids of exclusive clusters of load balancers; those with nginx_group are of layer 7"
)


@dataclass(slots=True, kw_only=True, eq=False)
class Lbdc(Resource):
    """A cluster of one of two types, paid ahead; ``ccu_count`` is its size."""

    prefix: ClassVar[str] = PREFIXES["4Layer"]
    id_letters: ClassVar[str] = "hex"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = AVAILABLE
    cluster_type: str
    name: str
    desc: str = ""
    ccu_count: int
    expires: float
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()


def layers_of(exclusive_id: str) -> str:
    """The type of an exclusive cluster, which its id says."""
    return "7Layer" if exclusive_id.startswith(PREFIXES["7Layer"]) else "4Layer"
