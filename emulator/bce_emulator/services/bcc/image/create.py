"""Create images from an instance, from a snapshot of a system disk, or from a file in object storage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.image.lifecycle import CREATING
from bce_emulator.services.bcc.image.resource import IMAGES, Image, check_name
from bce_emulator.services.bcc.instance.errors import ImageInstanceStatusForbidden
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded
from bce_emulator.services.bcc.snapshot.make import FOR_EVER, check_limit, check_volume, make_snapshot
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import DATA, SYSTEM, Volume
from bce_emulator.services.shared.image_errors import ImageIdIsEmpty, ImageNameInvalid, ImageQuotaExceedLimit
from bce_emulator.services.shared.images import check_quota
from bce_emulator.services.shared.operating_systems import OperatingSystem
from bce_emulator.services.shared.standing import require_real_name

MIN_GB = {"linux": 20, "windows": 40}
"""The smallest system disk that an imported system fits on."""

NonEmptyStr = Annotated[str, Field(min_length=1)]


class CreateImageRequest(Model):
    """The source of the image; of an instance and a snapshot the instance is taken."""

    client_token: ClientToken = ""
    image_name: str
    instance_id: str = ""
    snapshot_id: str = ""
    encrypt_key: str = ""
    relate_cds: bool = False
    detection: bool = False


class ImportImageRequest(Model):
    """The address of the file, and the operating system in it."""

    client_token: ClientToken = ""
    name: str
    os_name: NonEmptyStr
    os_arch: NonEmptyStr
    os_type: Literal["linux", "windows"]
    os_version: NonEmptyStr
    bos_url: NonEmptyStr
    detection: bool = False
    generation_type: Literal["BCC", "EBC"] = "BCC"


class CreateImageResponse(TypedDict):
    """The image that is being created, and its snapshots of data disks."""

    imageId: str
    cdsSnapshotIds: list[str]


class ImportImageResponse(TypedDict):
    """The id of the image that is being created."""

    id: str


@operation(
    "POST /v2/image",
    errors=[
        QualifyNotPass,
        ImageNameInvalid,
        ImageIdIsEmpty,
        NoSuchObject,
        ImageInstanceStatusForbidden,
        OperationDenied,
        ImageQuotaExceedLimit,
        SnapshotLimitExceeded,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/jjwvynviw",
)
def create_image(account: AccountRegion, request: CreateImageRequest) -> CreateImageResponse:
    """Create an image from an instance or from a snapshot of its system disk."""
    require_real_name(account)
    check_name(request.image_name)
    if request.instance_id:
        return _create_from_instance(account, account.get(Instance, request.instance_id), request)
    if request.snapshot_id:
        return _create_from_snapshot(account, account.get(Snapshot, request.snapshot_id), request)
    raise ImageIdIsEmpty("neither instanceId nor snapshotId is given")


@operation(
    "POST /v2/image/import",
    errors=[QualifyNotPass, ImageNameInvalid, ImageQuotaExceedLimit],
    basis="client",
)
def import_image(account: AccountRegion, request: ImportImageRequest) -> ImportImageResponse:
    """Create an image from a file; the file is not read."""
    require_real_name(account)
    check_name(request.name)
    check_quota(account, IMAGES)
    image = Image(
        id=account.new_id(Image),
        state=CREATING,
        type="EbcCustom" if request.generation_type == "EBC" else "Custom",
        name=request.name,
        os_name=request.os_name,
        os_version=request.os_version,
        os_arch=request.os_arch,
        os_type=request.os_type,
        min_disk_gb=MIN_GB[request.os_type],
    )
    account.add(image)
    account.change(image, "import")
    return {"id": image.id}


def _create_from_instance(
    account: AccountRegion, instance: Instance, request: CreateImageRequest
) -> CreateImageResponse:
    account.check(instance, "create_image")
    volumes = account.where(Volume, "instance_id", instance.id)
    disks = [volume for volume in volumes if volume.type == DATA] if request.relate_cds else []
    if any(disk.encrypt_key for disk in disks):
        raise OperationDenied("an image with data disks cannot hold encrypted ones")
    check_quota(account, IMAGES)
    for disk in disks:
        check_volume(account, disk)
        check_limit(account, disk)
    snapshots = [make_snapshot(account, disk, request.image_name, FOR_EVER).id for disk in disks]
    size = next(volume.size_gb for volume in volumes if volume.type == SYSTEM)
    image = _make(account, instance.os, _type_of(instance), size, request)
    image.with_data = request.relate_cds
    image.snapshot_ids = tuple(snapshots)
    account.change(instance, "create_image")
    return {"imageId": image.id, "cdsSnapshotIds": snapshots}


def _create_from_snapshot(
    account: AccountRegion, snapshot: Snapshot, request: CreateImageRequest
) -> CreateImageResponse:
    if not snapshot.is_system:
        raise OperationDenied("the snapshot is not one of a system disk")
    account.check(snapshot, "make_image")
    check_quota(account, IMAGES)
    type_ = _type_of(account.find(Instance, snapshot.instance_id))
    image = _make(account, snapshot.os, type_, snapshot.size_gb, request)
    return {"imageId": image.id, "cdsSnapshotIds": []}


def _make(account: AccountRegion, os: OperatingSystem, type_: str, size_gb: int, request: CreateImageRequest) -> Image:
    image = Image(
        id=account.new_id(Image),
        state=CREATING,
        type=type_,
        name=request.image_name,
        os_name=os.name,
        os_version=os.version,
        os_arch=os.arch,
        os_type=os.type,
        os_lang=os.lang,
        min_disk_gb=size_gb,
        encrypt_key=request.encrypt_key,
    )
    account.add(image)
    account.change(image, "create")
    return image


def _type_of(instance: Instance | None) -> str:
    """The type of the images that are created from an instance."""
    spec = offerings.specs().get(instance.spec) if instance else None
    if spec is not None and spec.product == "ebc":
        return "EbcCustom"
    if instance is not None and instance.fpga_card:
        return "FpgaBccCustom"
    return "GpuBccCustom" if instance and instance.gpu_card else "Custom"
