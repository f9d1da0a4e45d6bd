"""What a volume (CDS disk) is. https://cloud.baidu.com/doc/BCC/s/Ujwvyo1ta"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.errors import ApiError, OperationDenied
from emulator.engine.lifecycle import SAME, Lifecycle, row
from emulator.engine.resources import Resource
from emulator.services.bcc.tags import Tag


class DiskSizeInvalid(ApiError):
    """The size is out of range, or not larger than it was."""

    status, code, message = 400, "Volume.DiskSizeInvalid", "Disk size in invalid."


CREATING, AVAILABLE, ATTACHING, IN_USE = "Creating", "Available", "Attaching", "InUse"

# fmt: off
LIFECYCLE = Lifecycle(
    #    action           allowed in     meanwhile  then       s   refused with
    row("create",         (CREATING,),   SAME,      AVAILABLE, 20, OperationDenied),
    row("create_in_use",  (CREATING,),   SAME,      IN_USE,    30, OperationDenied),
    states=(CREATING, AVAILABLE, ATTACHING, IN_USE),
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Volume(Resource):
    """A disk of its own, or the system disk of an instance. Sizes are GB, times Unix seconds."""

    prefix: ClassVar[str] = "v"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = CREATING
    type: str = "Cds"
    name: str = ""
    desc: str = ""
    size_gb: int
    storage_type: str = "hp1"
    zone: str
    instance_id: str = ""
    device: str = ""
    serial_number: str = ""
    payment: str = "Postpaid"
    expires: float | None = None
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False
    delete_protection: bool = False
    snapshot_id: str = ""
    encrypt_key: str = ""
    auto_renew: bool = False
    auto_renew_months: int = 0
    tags: tuple[Tag, ...] = ()
    resource_group_id: str = ""
    cluster_id: str = ""
    extra_io: int = 0
