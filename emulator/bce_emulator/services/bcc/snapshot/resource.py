"""What a snapshot is: its facts, its lifecycle and its errors. https://cloud.baidu.com/doc/BCC/s/0jwvyo7c0"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError, OperationDenied
from bce_emulator.services.bcc.operating_systems import NO_SYSTEM, OperatingSystem
from bce_emulator.services.shared.tags import Tag

MANUAL_QUOTA = account_setting("bcc.manualSnapshotQuota", 512, "how many snapshots made by hand a volume has at most")
AUTOMATIC_QUOTA = account_setting(
    "bcc.automaticSnapshotQuota", 1024, "how many snapshots made by a policy a volume has at most"
)


class SnapshotNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Snapshot.SnapshotNameInvalid", "snapshot name is invalid."


class SnapshotLimitExceeded(ApiError):
    """The volume has as many snapshots as it may have. The status and the end of the message are proposed."""

    status, code, basis = 413, "Instance.SnapshotLimitExceeded", "proposed"
    message = "The number of snapshot will exceed the quota limit."


class SnapshotOperationForbidden(ApiError):
    """The snapshot can not be rolled back to, or not be deleted: documented for a rollback, proposed for deletion."""

    status, code, message = 403, "SnapshotOperationForbidden", "snapshot operation forbidden."


class RemoteCopyDenied(ApiError):
    """The snapshot can not be copied now, or not to there. The message has no full stop, as documented."""

    status, code, message = 409, "OperationDenied", "Operation not available"


CREATING, AVAILABLE, FAILED, NOT_AVAILABLE = "Creating", "Available", "CreatedFailed", "NotAvailable"
STATES = (CREATING, AVAILABLE, FAILED, NOT_AVAILABLE)

ROLL_BACK = {CREATING: OperationDenied, OTHERWISE: SnapshotOperationForbidden}

# fmt: off
LIFECYCLE = Lifecycle(
    #    action         allowed in            meanwhile  then       s   refused with
    row("create",       (CREATING,),          SAME,      AVAILABLE, 60, OperationDenied),
    row("delete",       (AVAILABLE, FAILED),  GONE,      GONE,      0,  SnapshotOperationForbidden),
    row("roll_back",    (AVAILABLE,),         SAME,      SAME,      0,  ROLL_BACK),
    row("make_volume",  (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    row("make_image",   (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    row("copy",         (AVAILABLE,),         SAME,      SAME,      0,  RemoteCopyDenied),
    row("share",        (AVAILABLE,),         SAME,      SAME,      0,  OperationDenied),
    states=STATES,
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Snapshot(Resource):
    """What a volume held at one moment. Sizes are GB, times Unix seconds.

    A snapshot of a system disk is known by its instance, and remembers the operating system that the instance ran.
    """

    prefix: ClassVar[str] = "s"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = CREATING
    name: str
    desc: str = ""
    volume_id: str
    instance_id: str = ""
    os: OperatingSystem = NO_SYSTEM
    size_gb: int
    is_system: bool = False
    is_automatic: bool = False
    encrypt_key: str = ""
    expires: float | None = None
    tags: tuple[Tag, ...] = ()
