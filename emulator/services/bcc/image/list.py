"""Look at images."""

from __future__ import annotations

from typing import Literal

from emulator.engine.accounts import Account
from emulator.engine.clock import iso
from emulator.engine.errors import NoSuchObject
from emulator.engine.http import Json
from emulator.engine.models import Model
from emulator.engine.operations import operation
from emulator.engine.pages import MOST, page
from emulator.services.bcc.image.resource import Image

ImageType = Literal[
    "All", "System", "Custom", "Integration", "Sharing", "GpuBccSystem", "GpuBccCustom",
    "FpgaBccSystem", "FpgaBccCustom", "BbcSystem", "BbcCustom", "EbcTotal", "EbcSystem", "EbcCustom",
]  # fmt: skip


class ListImagesRequest(Model):
    """Which images to list; the name is looked for inside the names."""

    marker: str = ""
    max_keys: int = MOST
    image_type: ImageType = "All"
    image_name: str = ""


class GetImageRequest(Model):
    """Which image to show."""

    image_id: str


@operation("GET /v2/image", doc="https://cloud.baidu.com/doc/BCC/s/Ajwvynu5r")
def list_images(account: Account, request: ListImagesRequest) -> Json:
    """List the images of a type."""
    return page(
        account,
        Image,
        "images",
        show_image,
        request.marker,
        request.max_keys,
        lambda image: request.image_type in {"All", image.type} and request.image_name in image.name,
    )


@operation("GET /v2/image/{imageId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Ajwvynu5r")
def get_image(account: Account, request: GetImageRequest) -> Json:
    """Show one image."""
    return {"image": show_image(account.get(Image, request.image_id))}


def show_image(image: Image) -> Json:
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
        "package": False,
        "encrypted": False,
        "ephemeralSize": 0,
        "snapshots": [],
    }
