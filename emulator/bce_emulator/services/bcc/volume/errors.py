"""How requests about a volume can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


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
