"""What an instance is: its facts, its lifecycle and its errors.

Statuses and rules: https://cloud.baidu.com/doc/BCC/s/Mjwvyobl0, /s/Tjwvyobwq, /s/vjwvyoa62.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.bcc.instance.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.shared.operating_systems import OperatingSystem
from bce_emulator.services.shared.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class Instance(Resource):
    """A virtual machine. Sizes are GB, bandwidths Mbps, times Unix seconds."""

    prefix: ClassVar[str] = "i"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("ehc_cluster_id", "bcc.EhcCluster"),)
    looks_at_others: ClassVar[Looks] = has_shares

    state: str = CREATING
    name: str = ""
    hostname: str = ""
    desc: str = ""
    spec: str
    instance_type: str = ""
    cpu_count: int
    memory_gb: int
    gpu_card: str = ""
    fpga_card: str = ""
    card_count: int = 0
    local_disk_gb: int = 0
    image_id: str
    os: OperatingSystem
    zone: str
    nic_id: str
    payment: str = "Postpaid"
    expires: float | None = None
    releases: float | None = None
    auto_renew: bool = False
    auto_renew_unit: str = ""
    auto_renew_period: int = 0
    keypair_id: str = ""
    tags: tuple[Tag, ...] = ()
    deploy_set_ids: tuple[str, ...] = ()
    deletion_protection: int = 0
    queue_count: str = "1"
    jumbo_frame: bool = False
    eip_deleted_too: bool = False
    stopped_without_charge: bool = False
    role_name: str = ""
    user_data: str = ""
    ehc_cluster_id: str = ""
    resource_group_id: str = ""
    dedicated_host_id: str = ""
    hosteye_type: str = ""
    in_rescue: bool = False
    deleted_with_volumes: tuple[str, ...] = ()
    deleted_with_snapshots: str = ""
    deleted_with_addresses: tuple[str, ...] = ()
    deleted_with_enis: bool = False
    recycled: float | None = None
    then_postpaid: bool = False
    turns: tuple[float, ...] = ()
    volumes_then_postpaid: tuple[str, ...] = ()
