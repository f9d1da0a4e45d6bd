"""What a reserved instance is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.hpas.reserved_instance.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

MAX_AT_ONCE = 100


@dataclass(slots=True, kw_only=True, eq=False)
class HpasReservedInstance(Resource):
    """An instance for an application, ordered for so many months; times are Unix seconds."""

    prefix: ClassVar[str] = "k"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("ehc_cluster_id", "bcc.EhcCluster"),)

    state: str = CREATING
    name: str
    app_type: str
    level: str
    zone: str
    months: int
    expires: float
    auto_renew_months: int = 0
    ehc_cluster_id: str
    tags: tuple[Tag, ...] = ()


def reserved_instances_named(account: AccountRegion, ids: tuple[str, ...]) -> list[HpasReservedInstance]:
    """The reserved instances with these ids, each once, that can be changed: all are there, and one at least."""
    found = [account.get(HpasReservedInstance, each) for each in dict.fromkeys(ids)]
    if not 1 <= len(found) <= MAX_AT_ONCE:
        raise BadRequest(f"1 to {MAX_AT_ONCE} reserved instances are named")
    for each in found:
        account.check(each, "change")
    return found
