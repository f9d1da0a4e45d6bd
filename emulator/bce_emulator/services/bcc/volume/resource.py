"""What a volume (CDS disk) is: its facts, its lifecycle and its errors.

Statuses and rules: https://cloud.baidu.com/doc/BCC/s/Yjwvyo3xg, /s/1jwvyo4xu, /s/pjwvyo4aq.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError, OperationDenied
from bce_emulator.services.shared.tags import Tag

VOLUME_QUOTA = account_setting("bcc.volumeQuota", 750, "how many data volumes the account has at most")
CAPACITY_QUOTA = account_setting(
    "bcc.volumeCapacityGB", 163_840, "how many GB the data volumes of the account have at most"
)


class DiskSizeInvalid(ApiError):
    """The size is out of range, or not larger than it was."""

    status, code, message = 400, "Volume.DiskSizeInvalid", "Disk size in invalid."


class DiskIdIsEmpty(ApiError):
    """The id of the volume is blank."""

    status, code, message = 400, "Volume.DiskIdIsEmpty", "Volume id must be provided."


class DiskNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Volume.DiskNameInvalid", "Volume name is invalid."


class DiskQuotaExceeded(ApiError):
    """The account has as many volumes, or as many GB, as it may have. The status is that of the resize page."""

    status, code, basis = 413, "Volume.DiskQuotaExceededLimit", "observed"
    message = "Number of volumes exceeds limit"


class DiskQuotaExceededByResize(ApiError):
    """The volumes of the account would have more GB than they may have."""

    status, code = 413, "Volume.DiskQuotaExceededLimit"
    message = "Number of volumes exceeds limit."


class DistNotAvailable(ApiError):
    """Only an available volume can be attached. The code is spelled as documented."""

    status, code = 409, "Volume.DistNotAvailable"
    message = "Volume status is not available, can not be attached to instance."


class DiskAttachedQuotaExceeded(ApiError):
    """The instance has as many volumes as its spec takes."""

    status, code = 413, "Volume.DiskAttachedQuotaExceededLimit"
    message = "The attached disk number to an instance exceeds limit."


class VolumeInAnotherZone(ApiError):
    """Volume and instance are in different zones. The status is documented, code and message are proposed."""

    status, code, message, basis = 403, "OperationDenied", "Operation not available.", "proposed"


class DiskNotAttachedInstance(ApiError):
    """The volume is not attached to this instance. The text of the page says 404, its table 400."""

    status, code = 400, "Volume.DiskNotAttachedInstance"
    message = "Volume is not mounted in this instance, please make sure and try again."


class DiskStatusCannotBeDeleted(ApiError):
    """Only a volume that is available, expired or broken can be released."""

    status, code = 409, "Volume.DiskStatusCannotBeDeleted"
    message = "Volume in current status can not be deleted."


class SystemDiskCannotBeDeleted(ApiError):
    """A system disk goes only with its instance."""

    status, code, message = 403, "Volume.SystemDiskCannotBeDeleted", "System disk can not be deleted."


class NoProgressToList(ApiError):
    """Only a volume that is being resized has progress to show."""

    status, code = 409, "Volume.VolumeStatusCannotListProgressException"
    message = "Volume only when it is resize state can list progress."


class VolumeTypeNotSupport(ApiError):
    """This type of volume is paid for with its instance."""

    status, code, message = 403, "Volume.VolumeTypeNotSupport", "Volume type not support to_postpay."


class PaymentTypeNotSupportToPostpay(ApiError):
    """The volume is postpaid already."""

    status, code = 403, "Volume.PaymentTypeNotSupportToPostpay"
    message = "Payment type not support to_postpay"


class AutoRenewNotSupportToPostpay(ApiError):
    """The volume is renewed automatically."""

    status, code = 403, "Volume.AutoRenewNotSupportToPostpay"
    message = "Auto renew instance not support to_postpay operation."


class ExpiredNotSupportToPostpay(ApiError):
    """The volume has expired."""

    status, code = 403, "Volume.ExpiredResourceNotSupportToPostpay"
    message = "Expired resource not support to_postpay operation."


class DiskStatusNotSupportBillingChange(ApiError):
    """The status of the volume does not allow another kind of payment."""

    status, code = 409, "Volume.DiskStatusNotSupportBillingChange"
    message = "The volume status not support billing change."


class PolicyVolumeStatusInvalid(ApiError):
    """Only a volume in use takes an automatic snapshot policy."""

    status, code, message = 400, "Asp.VolumeStatusInvalid", "Volume must be in-use"


CREATING, AVAILABLE, ATTACHING, IN_USE, DETACHING = "Creating", "Available", "Attaching", "InUse", "Detaching"
SCALING, SNAPSHOT, IMAGE = "Scaling", "SnapshotProcessing", "ImageProcessing"
RECHARGING, DELETING = "Recharging", "Deleting"
EXPIRED, NOT_AVAILABLE, ERROR = "Expired", "NotAvailable", "Error"

STATES = (
    CREATING, AVAILABLE, ATTACHING, IN_USE, DETACHING, SCALING, SNAPSHOT, IMAGE,
    RECHARGING, DELETING, EXPIRED, NOT_AVAILABLE, ERROR,
)  # fmt: skip
IDLE = (AVAILABLE, IN_USE)

TO_PREPAID = {AVAILABLE: OperationDenied, OTHERWISE: DiskStatusNotSupportBillingChange}
TO_POSTPAID = {EXPIRED: ExpiredNotSupportToPostpay, OTHERWISE: DiskStatusNotSupportBillingChange}

# fmt: off
LIFECYCLE = Lifecycle(
    #    action              allowed in                    meanwhile   then       s   refused with
    row("create",            (CREATING,),                  SAME,       AVAILABLE, 20, OperationDenied),
    row("create_in_use",     (CREATING,),                  SAME,       IN_USE,    30, OperationDenied),
    row("create_to_attach",  (CREATING,),                  SAME,       ATTACHING, 20, OperationDenied),
    row("attach",            (AVAILABLE,),                 ATTACHING,  IN_USE,    10, DistNotAvailable),
    row("attach_new",        (ATTACHING,),                 SAME,       IN_USE,    10, OperationDenied),
    row("detach",            (IN_USE,),                    DETACHING,  AVAILABLE, 10, DiskNotAttachedInstance),
    row("release",           (AVAILABLE, EXPIRED, ERROR),  DELETING,   GONE,      10, DiskStatusCannotBeDeleted),
    row("resize",            IDLE,                         SCALING,    SAME,      60, OperationDenied),
    row("show_progress",     (SCALING,),                   SAME,       SAME,      0,  NoProgressToList),
    row("roll_back",         (AVAILABLE,),                 SNAPSHOT,   SAME,      60, OperationDenied),
    row("roll_back_system",  (IN_USE,),                    SNAPSHOT,   SAME,      60, OperationDenied),
    row("create_snapshot",   IDLE,                         SNAPSHOT,   SAME,      60, OperationDenied),
    row("to_prepaid",        (IN_USE,),                    SAME,       SAME,      0,  TO_PREPAID),
    row("to_postpaid",       IDLE,                         SAME,       SAME,      0,  TO_POSTPAID),
    row("expire",            IDLE,                         EXPIRED,    EXPIRED,   0,  OperationDenied),
    row("renew",             IDLE,                         SAME,       SAME,      0,  OperationDenied),
    row("renew",             (EXPIRED,),                   RECHARGING, AVAILABLE, 10, OperationDenied),
    row("take_policy",       (IN_USE,),                    SAME,       SAME,      0,  PolicyVolumeStatusInvalid),
    states=STATES,
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Volume(Resource):
    """A disk of its own, or the system disk of an instance. Sizes are GB, times Unix seconds.

    The ``next_`` facts are what a resize will have changed when it is done.
    """

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
        """Whether this is a data volume, not a disk that comes and goes with its instance."""
        return self.type == "Cds"
