"""Copy images to other regions of the same account."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.image.resource import FOREIGN_FORMAT, IMAGES, Image, check_name
from bce_emulator.services.shared.image_errors import (
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    ImageStorageFormatInvalid,
    RegionNotSupportCopy,
)
from bce_emulator.services.shared.images import ImageCopyView, copy_to_regions


class RemoteCopyImageRequest(Model):
    """Which image to copy where; the copies have the name of the image unless they get their own."""

    image_id: str
    name: str = ""
    dest_region: Annotated[tuple[str, ...], Field(min_length=1)]


class CancelRemoteCopyImageRequest(Model):
    """The copy to cancel, by its id in the region it is copied to."""

    image_id: str


class RemoteCopyImageResponse(TypedDict):
    """The result for each region."""

    result: list[ImageCopyView]


@operation(
    "POST /v2/image/{imageId}?remoteCopy",
    errors=[
        NoSuchObject,
        ImageNameInvalid,
        ImageNotSupportCopy,
        ImageStorageFormatInvalid,
        RegionNotSupportCopy,
        ImageNotAvailable,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/Uly3sedm1",
)
def remote_copy_image(account: AccountRegion, request: RemoteCopyImageRequest) -> RemoteCopyImageResponse:
    """Copy a custom image to other regions; a region whose quota is full has an error in its part of the response."""
    image = account.get(Image, request.image_id)
    if request.name:
        check_name(request.name)
    if image.id in account.setting(FOREIGN_FORMAT) and image.is_custom:
        raise ImageStorageFormatInvalid
    return {"result": copy_to_regions(account, IMAGES, image, dict.fromkeys(request.dest_region, request.name))}


@operation(
    "POST /v2/image/{imageId}?cancelRemoteCopy",
    errors=[NoSuchObject, ImageNotBeingCopied],
    doc="https://cloud.baidu.com/doc/BCC/s/rly3sedxb",
)
def cancel_remote_copy_image(account: AccountRegion, request: CancelRemoteCopyImageRequest) -> None:
    """Cancel a copy in the region it is copied to."""
    account.change(account.get(Image, request.image_id), "cancel_copy")
