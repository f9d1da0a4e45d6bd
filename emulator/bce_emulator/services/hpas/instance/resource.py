"""What an instance is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.hpas.instance.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

MAX_AT_ONCE = 100


@dataclass(slots=True, kw_only=True, eq=False)
class HpasInstance(Resource):
    """An instance for an application. Times are Unix seconds."""

    prefix: ClassVar[str] = "hpas"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("ehc_cluster_id", "bcc.EhcCluster"),)

    state: str = CREATING
    name: str
    application_name: str = ""
    desc: str = ""
    app_type: str
    level: str
    image_id: str
    zone: str
    nic_id: str
    ehc_cluster_id: str
    keypair_id: str = ""
    user_data: str = ""
    jumbo_frame: bool = False
    payment: str
    expires: float | None = None
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()
    turns: tuple[float, ...] = ()


def instances_named(account: AccountRegion, hpas_ids: tuple[str, ...], action: str = "") -> list[HpasInstance]:
    """The instances with these ids, each once; all are there, one at least, and the action is open to each."""
    instances = [account.get(HpasInstance, each) for each in dict.fromkeys(hpas_ids)]
    if not 1 <= len(instances) <= MAX_AT_ONCE:
        raise BadRequest(f"hpasIds names 1 to {MAX_AT_ONCE} instances")
    for instance in instances if action else ():
        account.check(instance, action)
    return instances
