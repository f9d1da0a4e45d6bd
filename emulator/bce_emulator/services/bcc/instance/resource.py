"""What an instance is: its facts, its lifecycle and its errors.

Statuses and rules: https://cloud.baidu.com/doc/BCC/s/Mjwvyobl0, /s/Tjwvyobwq, /s/vjwvyoa62.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.lifecycle import GONE, OTHERWISE, SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.operating_systems import OperatingSystem
from bce_emulator.services.shared.tags import Tag


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
    """An instance that is being created can not be released."""

    status, code = 403, "Instance.ReleaseWhileCreating"
    message = "Instance can not release during creating."


class ReleaseNotPrepay(ApiError):
    """A prepaid instance that has not expired can not be released this way."""

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


CREATING = "Creating"
STARTING, RUNNING, STOPPING, STOPPED = "Starting", "Running", "Stopping", "Stopped"
SCALING, SNAPSHOT, IMAGE = "Scaling", "SnapshotProcessing", "ImageProcessing"
SUBNET, VPC = "ChangeSubnet", "ChangeVpc"
EXPIRED, RECYCLED, ERROR = "Expired", "Recycled", "Error"

BUSY = (SCALING, SNAPSHOT, IMAGE, SUBNET, VPC)
STATES = (CREATING, STARTING, RUNNING, STOPPING, STOPPED, *BUSY, EXPIRED, RECYCLED, ERROR)
BOTH = (RUNNING, STOPPED)
ANY = STATES[:-2]
QUIET = (STARTING, RUNNING, STOPPING, STOPPED)
UNSCALED = (*QUIET, SNAPSHOT, IMAGE, SUBNET, VPC)
LIVE = (*QUIET, *BUSY, ERROR)

START = {
    CREATING: StartInstanceWhenCreating,
    EXPIRED: StartExpiredInstance,
    RECYCLED: StartExpiredInstance,
    OTHERWISE: StartInstanceOperationForbidden,
}
RELEASE = {CREATING: ReleaseWhileCreating, RECYCLED: NoSuchObject, OTHERWISE: OperationDenied}
BIND = {EXPIRED: ExpiredInstanceForbiddenBind, RECYCLED: ExpiredInstanceForbiddenBind, OTHERWISE: OperationDenied}

# fmt: off
LIFECYCLE = Lifecycle(
    #    action               allowed in               meanwhile  then      s    refused with
    row("create",             (CREATING,),             SAME,      RUNNING,  30,  OperationDenied),
    row("start",              (STOPPED,),              STARTING,  RUNNING,  30,  START),
    row("stop",               (RUNNING,),              STOPPING,  STOPPED,  20,  StopInstanceOperationForbidden),
    row("reboot",             (RUNNING,),              STARTING,  RUNNING,  40,  RebootInstanceOperationForbidden),
    row("rebuild",            BOTH,                    IMAGE,     RUNNING,  120, OperationDenied),
    row("resize",             BOTH,                    SCALING,   SAME,     60,  OperationDenied),
    row("rename",             BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("set_queues",         (STOPPED,),              SAME,      SAME,     0,   OperationDenied),
    row("describe",           BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("change_password",    (RUNNING,),              STARTING,  RUNNING,  30,  PasswordOperationForbidden),
    row("change_password",    (STOPPED,),              SAME,      SAME,     0,   PasswordOperationForbidden),
    row("change_hostname",    BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("restart",            (RUNNING,),              STARTING,  RUNNING,  40,  OperationDenied),
    row("restart",            (STOPPED,),              SAME,      SAME,     0,   OperationDenied),
    row("show_console",       (*ANY[:-1], ERROR),      SAME,      SAME,     0,   OperationDenied),
    row("change_subnet",      BOTH,                    SUBNET,    SAME,     40,  OperationDenied),
    row("change_vpc",         BOTH,                    VPC,       SAME,     40,  OperationDenied),
    row("change_vpc_of_ebc",  (RUNNING,),              VPC,       SAME,     40,  OperationDenied),
    row("change_addresses",   BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("attach_volume",      BOTH,                    SAME,      SAME,     0,   CannotAttachVolume),
    row("detach_volume",      BOTH,                    SAME,      SAME,     0,   CannotDetachVolume),
    row("change_keypair",     BOTH,                    SAME,      SAME,     0,   KeypairInstanceStatusForbidden),
    row("create_image",       BOTH,                    IMAGE,     SAME,     120, ImageInstanceStatusForbidden),
    row("create_snapshot",    BOTH,                    SNAPSHOT,  SAME,     60,  OperationDenied),
    row("bind_group",         (*ANY[:-1], ERROR),      SAME,      SAME,     0,   BIND),
    row("release",            (STARTING, RUNNING, STOPPING, STOPPED, EXPIRED, ERROR), GONE, GONE, 0, RELEASE),
    row("recycle",            (STARTING, RUNNING, STOPPING, STOPPED, EXPIRED, ERROR), RECYCLED, RECYCLED, 0, RELEASE),
    row("delete_recycled",    (RECYCLED,),             GONE,      GONE,     0,   NoSuchObject),
    row("recover",            (RECYCLED,),             STARTING,  RUNNING,  30,  OperationDenied),
    row("expire",             (CREATING, *LIVE),       EXPIRED,   EXPIRED,  0,   OperationDenied),
    row("renew",              UNSCALED,                SAME,      SAME,     0,   OperationDenied),
    row("renew",              (EXPIRED,),              STARTING,  RUNNING,  30,  OperationDenied),
    row("set_auto_renew",     (*ANY, ERROR),           SAME,      SAME,     0,   OperationDenied),
    row("to_prepaid",         BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("to_postpaid",        BOTH,                    SAME,      SAME,     0,   OperationDenied),
    row("plan_release",       (CREATING, *LIVE),       SAME,      SAME,     0,   OperationDenied),
    row("refund",             (*QUIET, ERROR),         SAME,      SAME,     0,   RefundStatusNotSupported),
    row("protect",            (*ANY, ERROR),           SAME,      SAME,     0,   OperationDenied),
    row("enter_rescue",       BOTH,                    STARTING,  RUNNING,  40,  OperationDenied),
    row("exit_rescue",        BOTH,                    STARTING,  RUNNING,  40,  OperationDenied),
    states=STATES,
    shown_as={CREATING: STARTING},
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Instance(Resource):
    """A virtual machine. Sizes are GB, bandwidths Mbps, times Unix seconds."""

    prefix: ClassVar[str] = "i"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

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
    vpc_id: str
    subnet_id: str
    internal_ip: str
    secondary_ips: tuple[str, ...] = ()
    ipv6: str = ""
    mac: str = ""
    eni_id: str = ""
    public_ip: str = ""
    bandwidth: int = 0
    internet_charge_type: str = ""
    security_group_ids: tuple[str, ...] = ()
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
    recycled: float | None = None
    auto_renew_volumes: bool = False
    then_postpaid: bool = False
    volumes_then_postpaid: tuple[str, ...] = ()
