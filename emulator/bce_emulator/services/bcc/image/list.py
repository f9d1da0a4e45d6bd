"""Show an image, list those of a type or for a spec, and show the operating systems of instances."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.image.resource import SHARED_USER_QUOTA, Image
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.list import SnapshotView, show_snapshot
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.shared.images import AVAILABLE
from bce_emulator.services.shared.offered import not_offered

MAX_FOR_SPEC = 100
FEW_FOR_SPEC = 10

ImageType = Literal[
    "All", "ALL", "System", "Custom", "Integration", "Sharing", "GpuBccSystem", "GpuBccCustom",
    "FpgaBccSystem", "FpgaBccCustom", "BbcSystem", "BbcCustom", "EbcTotal", "EbcSystem", "EbcCustom",
]  # fmt: skip
SUMS = {"EbcTotal": ("EbcSystem", "EbcCustom")}
"""Types to ask for that stand for several types of image."""


class ListImagesRequest(Model):
    """Which images to list; the name may be a part of theirs."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    image_type: ImageType = "All"
    image_name: str = ""


class GetImageRequest(Model):
    """Which image to show."""

    image_id: str


class GetAvailableImagesBySpecRequest(Model):
    """Which spec the images are for, and which operating system they have."""

    spec: str
    os_name: str = ""
    marker: str = ""
    max_keys: int = FEW_FOR_SPEC


class ListOsRequest(Model):
    """The instances whose operating systems to show."""

    instance_ids: tuple[str, ...] = ()


class ImageView(TypedDict):
    """An image, with the snapshots of data disks in it."""

    id: str
    name: str
    type: str
    desc: str
    status: str
    createTime: str
    osName: str
    osVersion: str
    osArch: str
    osBuild: str
    osLang: str
    osType: str
    specialVersion: str
    minDiskGb: int
    diskSize: int
    package: bool
    encrypted: bool
    ephemeralSize: int
    snapshots: list[SnapshotView]
    shareToUserNumLimit: int
    sharedToUserNum: int


class ImageChoiceView(TypedDict):
    """An image that an instance of a spec can be created from."""

    imageId: str
    imageName: str
    osType: str
    osVersion: str
    osArch: str
    osName: str
    osLang: str
    minSizeInGiB: int


class OsView(TypedDict):
    """The operating system of an instance."""

    instanceId: str
    osName: str
    osVersion: str
    osArch: str
    osType: str
    osLang: str
    specialVersion: str


class ListImagesResponse(Page):
    """One page of the images."""

    images: list[ImageView]


class GetImageResponse(TypedDict):
    """One image."""

    image: ImageView


class GetAvailableImagesBySpecResponse(Page):
    """One page of the images that fit the spec."""

    images: list[ImageChoiceView]


class ListOsResponse(TypedDict):
    """The operating systems, in the order in which the instances were named."""

    osInfo: list[OsView]


@operation("GET /v2/image", doc="https://cloud.baidu.com/doc/BCC/s/Ajwvynu5r")
def list_images(account: AccountRegion, request: ListImagesRequest) -> ListImagesResponse:
    """List the images of a type, newest first."""
    wanted, name = request.image_type, request.image_name
    types = SUMS.get(wanted, (wanted,))

    def fits(image: Image) -> bool:
        return (wanted in {"All", "ALL"} or image.type in types) and name in image.name

    return page(
        ListImagesResponse,
        account,
        Image,
        "images",
        lambda image: show_image(account, image),
        request.marker,
        request.max_keys,
        fits,
    )


@operation("GET /v2/image/{imageId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Ajwvynu5r")
def get_image(account: AccountRegion, request: GetImageRequest) -> GetImageResponse:
    """Show one image."""
    return {"image": show_image(account, account.get(Image, request.image_id))}


@operation("GET /v2/image/getAvailableImagesBySpec", doc="https://cloud.baidu.com/doc/BCC/s/Mlm7f1lzx")
def get_available_images_by_spec(
    account: AccountRegion, request: GetAvailableImagesBySpecRequest
) -> GetAvailableImagesBySpecResponse:
    """List the images that an instance of a spec can be created from."""
    spec = offerings.specs().get(request.spec)
    if spec is None:
        raise BadRequest(not_offered("spec", request.spec, offerings.specs()))
    is_ebc = spec.product == "ebc"

    def fits(image: Image) -> bool:
        of_generation = image.type in {"System", "Sharing"} or image.type.startswith("Ebc") == is_ebc
        return image.state == AVAILABLE and of_generation and request.os_name in {"", image.os_name}

    return page(
        GetAvailableImagesBySpecResponse,
        account,
        Image,
        "images",
        _show_choice,
        request.marker,
        request.max_keys,
        fits,
        MAX_FOR_SPEC,
    )


@operation("POST /v2/image/os", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Pjwvynsqw")
def list_os(account: AccountRegion, request: ListOsRequest) -> ListOsResponse:
    """Show the operating systems of instances; nothing if none is named."""
    instances = [account.get(Instance, instance_id) for instance_id in dict.fromkeys(request.instance_ids)]
    return {"osInfo": [_show_os(instance) for instance in instances]}


def show_image(account: AccountRegion, image: Image) -> ImageView:
    """An image by the API's member names."""
    return {
        "id": image.id,
        "name": image.name,
        "type": image.type,
        "desc": image.desc,
        "status": image.status,
        "createTime": iso(image.created),
        "osName": image.os_name,
        "osVersion": image.os_version,
        "osArch": image.os_arch,
        "osBuild": "",
        "osLang": image.os_lang,
        "osType": image.os_type,
        "specialVersion": "",
        "minDiskGb": image.min_disk_gb,
        "diskSize": image.min_disk_gb,
        "package": image.with_data,
        "encrypted": bool(image.encrypt_key),
        "ephemeralSize": 0,
        "snapshots": [
            {**show_snapshot(each), "package": True}
            for snapshot_id in image.snapshot_ids
            if (each := account.find(Snapshot, snapshot_id))
        ],
        "shareToUserNumLimit": account.setting(SHARED_USER_QUOTA) if image.is_custom else 0,
        "sharedToUserNum": len(image.shared_with),
    }


def _show_choice(image: Image) -> ImageChoiceView:
    return {
        "imageId": image.id,
        "imageName": image.name,
        "osType": image.os_type,
        "osVersion": image.os_version,
        "osArch": image.os_arch,
        "osName": image.os_name,
        "osLang": image.os_lang,
        "minSizeInGiB": image.min_disk_gb,
    }


def _show_os(instance: Instance) -> OsView:
    return {
        "instanceId": instance.id,
        "osName": instance.os.name,
        "osVersion": instance.os.version,
        "osArch": instance.os.arch,
        "osType": instance.os.type,
        "osLang": instance.os.lang,
        "specialVersion": "",
    }
