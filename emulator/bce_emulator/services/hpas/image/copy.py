"""Copy images to other regions of the same account."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject
from bce_emulator.services.bcc.image.resource import check_name
from bce_emulator.services.hpas.image.manage import MAX_AT_ONCE
from bce_emulator.services.hpas.image.resource import IMAGES, HpasImage
from bce_emulator.services.shared.image_errors import (
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotSupportCopy,
    RegionNotSupportCopy,
)
from bce_emulator.services.shared.images import copy_to_regions


class Destination(Model):
    """A region, and what the copy is called there."""

    destination_region: str
    destination_image_name: str = ""


class CopyImagesRequest(Model):
    """Which image to copy where."""

    image_id: str
    destination_images: Annotated[tuple[Destination, ...], Field(min_length=1, max_length=MAX_AT_ONCE)]


class CancelImagesCopyRequest(Model):
    """The copies to cancel, by their ids in this region."""

    image_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_AT_ONCE)]


class HpasImageCopyView(TypedDict):
    """A copy and its region, and why nothing was done if that is so."""

    destinationRegion: str
    destinationImageId: str
    status: bool
    errMsg: str


class ImageCopiesResponse(TypedDict):
    """The result for each copy."""

    requestId: str
    destinationImages: list[HpasImageCopyView]


@operation(
    "POST /?action=CopyImages",
    errors=[NoSuchObject, ImageNameInvalid, ImageNotSupportCopy, RegionNotSupportCopy, ImageNotAvailable],
    basis="client",
)
def copy_images(account: AccountRegion, request: CopyImagesRequest, call: Call) -> ImageCopiesResponse:
    """Copy an image of the account's own to other regions; one whose quota is full says so in its own result."""
    image = account.get(HpasImage, request.image_id)
    names = {each.destination_region.lower(): each.destination_image_name for each in request.destination_images}
    for name in filter(None, names.values()):
        check_name(name)
    if len(names) < len(request.destination_images):
        raise BadRequest("destinationImages names a region twice")
    copies = copy_to_regions(account, IMAGES, image, names)
    return {
        "requestId": call.request_id,
        "destinationImages": [_show(each["region"], each["imageId"], each["errMsg"]) for each in copies],
    }


@operation("POST /?action=CancelImagesCopy", basis="client")
def cancel_images_copy(account: AccountRegion, request: CancelImagesCopyRequest, call: Call) -> ImageCopiesResponse:
    """Cancel copies in the region they are copied to, those of them that can be."""
    return {
        "requestId": call.request_id,
        "destinationImages": [
            _show(account.region, each, _cancel(account, each)) for each in dict.fromkeys(request.image_ids)
        ],
    }


def _cancel(account: AccountRegion, image_id: str) -> str:
    """Cancel one copy, or tell why it cannot be."""
    try:
        account.change(account.get(HpasImage, image_id), "cancel_copy")
    except ApiError as refusal:
        return refusal.text
    return ""


def _show(region: str, image_id: str, refusal: str) -> HpasImageCopyView:
    return {
        "destinationRegion": region,
        "destinationImageId": image_id,
        "status": not refusal,
        "errMsg": refusal,
    }
