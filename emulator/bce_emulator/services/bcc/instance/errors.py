"""How requests about an instance can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError, BadRequest


class RebootInstanceOperationForbidden(ApiError):
    """Only a running instance can be rebooted."""

    status, code = 409, "Instance.RebootInstanceOperationForbidden"
    message = "Instance not running when rebooting."


class StartInstanceOperationForbidden(ApiError):
    """Only a stopped instance can be started."""

    status, code = 409, "Instance.StartInstanceOperationForbidden"
    message = "Instance not stopped when starting."


class StartInstanceWhenCreating(ApiError):
    """The instance is still being created."""

    status, code = 409, "Instance.StartInstanceWhenCreating"
    message = "Instance creating when starting."


class StartExpiredInstance(ApiError):
    """The instance has expired."""

    status, code = 409, "Instance.StartExpiredInstance"
    message = "Instance expired when starting."


class StopInstanceOperationForbidden(ApiError):
    """Only a running instance can be stopped."""

    status, code = 409, "Instance.StopInstanceOperationForbidden"
    message = "Instance not running when shutting down"


class PrePayCannotStopWithNoCharge(ApiError):
    """A prepaid instance is charged for, stopped or not."""

    status, code = 403, "Bcc.PrePayCannotStopWithNoCharge"
    message = "pre pay instance can not stop with no charge."


class Rocv1CannotStopWithNoCharge(ApiError):
    """An instance with local disks is charged for, stopped or not."""

    status, code = 403, "Bcc.Rocv1CannotStopWithNoCharge"
    message = "Shutdown no charge feature is not available for instances with local disk."


class InstanceTypeNotSupportException(ApiError):
    """This type of instance is charged for, stopped or not."""

    status, code = 403, "Bcc.InstanceTypeNotSupportException"
    message = "Shutdown no charge feature is not available for this type of instance."


class ReleaseWhileCreating(ApiError):
    """An instance that is being created cannot be released."""

    status, code = 403, "Instance.ReleaseWhileCreating"
    message = "Instance can not release during creating."


class ReleaseNotPrepay(ApiError):
    """A prepaid instance that has not expired cannot be released this way."""

    status, code = 403, "Instance.ReleaseNotPrepay"
    message = "Instance can not release if prepay."


class DeletionProtection(ApiError):
    """The instance is protected against release."""

    status, code = 403, "Instance.DeletionProtection"
    message = "Instance can not release with DeletionProtection."


class DeleteServerFail(ApiError):
    """Not all of several instances are postpaid."""

    status, code = 403, "Instance.DeleteServerFailException"
    message = "Instance can not release if not postpay."


class InsufficientCredit(ApiError):
    """The account may not give back any more."""

    status, code = 400, "InsufficientCreditException"
    message = "Insufficient user refund quota"


class TooManyRefunds(BadRequest):
    """More than 20 instances are to be given back at once."""

    message = "The size of the prepay instances is limited to 20."


class RefundStatusNotSupported(BadRequest):
    """The status of the instance does not allow a refund: it has expired, is being changed, or is gone already."""

    message = "Instanceid status not support delete"


class PasswordOperationForbidden(ApiError):
    """The status of the instance does not allow a change of password.

    The text of the page allows Running and Stopped, its message only Stopped: the text is followed.
    """

    status, code = 409, "Instance.PasswordOperationForbidden"
    message = "Instance not stopped when changing password."


class InstanceNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Instance.NameInvalid", "Instance name is invalid."


class HostnameFormatInvalid(BadRequest):
    """The hostname breaks the rule for hostnames."""

    message = "Illegal name format."


class HostnameDuplicate(BadRequest):
    """Another instance in the VPC has the hostname."""

    message = "Hostname duplicate in same vpc."


class DeletionProtectionInvalid(BadRequest):
    """The deletion protection is neither 0 nor 1."""

    message = "invalid DeletionProtection value"


class InstanceBeBanned(ApiError):
    """The cloud has banned the instance."""

    status, code = 403, "Instance.InstanceBeBanned"
    message = "The instance is banned, contact technical support for assistance."


class ResizeSpecNotAllowed(ApiError):
    """The spec is not on offer, or too few instances of it are left for a batch."""

    status, code, message = 400, "ResizeServerError", "Spec not allowed or out of stock."


class ResizeTooMany(ApiError):
    """A batch names more instances than can be resized at once."""

    status, code, message = 400, "ResizeServerError", "The number of resize exceeds 30."


class ZoneSoldOut(ApiError):
    """The zone has no stock for the spec. The status was not seen and is proposed."""

    status, code, basis = 409, "ZoneExceptions.ZoneSoldOutException", "observed"
    message = "this zone is sold out"


class CannotAttachVolume(ApiError):
    """Only a running or stopped instance takes a volume."""

    status, code = 409, "Volume.InstanceStatusCannotAttach"
    message = "Instance only when it is running or stopped state can mount to it."


class CannotDetachVolume(ApiError):
    """Only a running or stopped instance lets go of a volume."""

    status, code = 409, "Volume.InstanceStatusCannotDetach"
    message = "Instance only when it is running or stopped state can unmount from it."


class KeypairInstanceStatusForbidden(ApiError):
    """Only a running or stopped instance changes its keypair."""

    status, code = 409, "Keypair.InstanceStatusForbidden"
    message = "Instance not in running or stopped status."


class ImageInstanceStatusForbidden(ApiError):
    """Only a running or stopped instance can be made an image of."""

    status, code = 409, "Image.InstanceStatusForbidden"
    message = "Instance not in running or stopped status."


class ExpiredInstanceForbiddenBind(ApiError):
    """An expired instance takes no further security group."""

    status, code = 403, "SecurityGroup.ExpiredInstanceForbiddenBind"
    message = "Instance already expired when binding to security group."
