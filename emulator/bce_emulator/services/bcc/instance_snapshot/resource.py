"""What an instance snapshot is. https://cloud.baidu.com/doc/BCC/s/imt8n4eu1"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.others import Looks
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bcc.instance_snapshot.lifecycle import CREATING, LIFECYCLE
from bce_emulator.services.bcc.snapshot.share_resource import has_shares


@dataclass(slots=True, kw_only=True, eq=False)
class InstanceSnapshot(Resource):
    """A group of snapshots that were taken at one moment of the disks of an instance; each names its group."""

    prefix: ClassVar[str] = "ins"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    looks_at_others: ClassVar[Looks] = has_shares

    state: str = CREATING
    name: str
    instance_id: str
