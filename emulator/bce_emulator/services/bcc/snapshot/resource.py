"""What a snapshot is: its facts, its lifecycle and its errors. https://cloud.baidu.com/doc/BCC/s/0jwvyo7c0"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bcc.snapshot.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.shared.operating_systems import NO_SYSTEM, OperatingSystem
from bce_emulator.services.shared.tags import Tag

MANUAL_QUOTA = account_setting("bcc.manualSnapshotQuota", 512, "how many snapshots made by hand a volume has at most")

AUTOMATIC_QUOTA = account_setting(
    "bcc.automaticSnapshotQuota", 1024, "how many snapshots made by a policy a volume has at most"
)


@dataclass(slots=True, kw_only=True, eq=False)
class Snapshot(Resource):
    """What a volume held at one moment. Sizes are GB, times Unix seconds.

    A snapshot of a system disk is known by its instance, and remembers the operating system that the instance ran.
    """

    prefix: ClassVar[str] = "s"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    looks_at_others: ClassVar[Looks] = has_shares

    state: str = CREATING
    name: str
    desc: str = ""
    volume_id: str
    instance_id: str = ""
    instance_snapshot_id: str = ""
    os: OperatingSystem = NO_SYSTEM
    size_gb: int
    is_system: bool = False
    is_automatic: bool = False
    encrypt_key: str = ""
    expires: float | None = None
    tags: tuple[Tag, ...] = ()

    @property
    def known_as(self) -> str:
        """The id by which the API shows its source: the volume, or for a system disk the instance."""
        return self.instance_id if self.is_system else self.volume_id
