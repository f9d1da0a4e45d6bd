"""List images."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.hpas.image.resource import HpasImage


class DescribeImagesRequest(Model):
    """Which images; Go's client sends an empty text and 0 for what it does not name."""

    marker: str = ""
    max_keys: int = 0
    image_type: Literal["", "System", "Custom"] = ""


class HpasImageView(TypedDict):
    """An image."""

    imageId: str
    name: str
    imageType: str
    imageStatus: str
    createTime: str
    supportedAppType: list[str]
    imageSizeInGB: int
    minDiskInGB: int


class ImagePage(Page):
    """One page of the images."""

    images: list[HpasImageView]


class DescribeImagesResponse(ImagePage):
    """One page of the images, and the id of the request."""

    requestId: str


@operation("POST /?action=DescribeImages", basis="client")
def describe_images(account: AccountRegion, request: DescribeImagesRequest, call: Call) -> DescribeImagesResponse:
    """List the images of a type, or all."""
    found = page(
        ImagePage,
        account,
        HpasImage,
        "images",
        _show,
        request.marker,
        request.max_keys or MAX_KEYS,
        of=("type", request.image_type) if request.image_type else None,
    )
    return {**found, "requestId": call.request_id}


def _show(image: HpasImage) -> HpasImageView:
    return {
        "imageId": image.id,
        "name": image.name,
        "imageType": image.type,
        "imageStatus": image.status,
        "createTime": iso(image.created),
        "supportedAppType": list(image.app_types),
        "imageSizeInGB": image.size_gb,
        "minDiskInGB": image.min_disk_gb,
    }
