"""What a volume (CDS disk) is: its facts, its lifecycle and its errors.

Statuses and rules: https://cloud.baidu.com/doc/BCC/s/Yjwvyo3xg, /s/1jwvyo4xu, /s/pjwvyo4aq.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.bcc.volume.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.shared.tags import Tag

VOLUME_QUOTA = account_setting("bcc.volumeQuota", 750, "how many data volumes the account has at most")

CAPACITY_QUOTA = account_setting(
    "bcc.volumeCapacityGB", 163_840, "how many GB the data volumes of the account have at most"
)

SYSTEM, EPHEMERAL, DATA = "System", "Ephemeral", "Cds"
"""What a disk is: the one that an instance starts from, a local one that goes with it, or one of its own."""


@dataclass(slots=True, kw_only=True, eq=False)
class Volume(Resource):
    """A disk of its own, or the system disk of an instance. Sizes are GB, times Unix seconds.

    The ``next_`` facts are what a resize will have changed when it is done.
    """

    prefix: ClassVar[str] = "v"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("cluster_id", "bcc.VolumeCluster"),)

    state: str = CREATING
    type: str = DATA
    name: str = ""
    desc: str = ""
    size_gb: int
    storage_type: str = "hp1"
    zone: str
    instance_id: str = ""
    device: str = ""
    serial_number: str = ""
    attached: float = 0.0
    payment: str = "Postpaid"
    expires: float | None = None
    postpaid_later: bool = False
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False
    delete_protection: bool = False
    snapshot_id: str = ""
    share_snapshot_id: str = ""
    encrypt_key: str = ""
    auto_renew: bool = False
    auto_renew_months: int = 0
    policy_id: str = ""
    tags: tuple[Tag, ...] = ()
    resource_group_id: str = ""
    cluster_id: str = ""
    extra_io: int = 0
    next_size_gb: int = 0
    next_storage_type: str = ""
    next_extra_io: int = 0
    resize_started: float = 0.0

    @property
    def is_data(self) -> bool:
        """Whether this is a data volume, and no system disk."""
        return self.type == DATA
