"""Copy images to other regions of the same account."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.image.errors import (
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    ImageQuotaExceedLimit,
    ImageStorageFormatInvalid,
    RegionNotSupportCopy,
)
from bce_emulator.services.bcc.image.lifecycle import COPYING
from bce_emulator.services.bcc.image.resource import FOREIGN_FORMAT, Image, check_name, is_full, like
from bce_emulator.services.shared.regions import region_named, region_names


class RemoteCopyImageRequest(Model):
    """Which image to copy where; the copies have the name of the image unless they get their own."""

    image_id: str
    name: str = ""
    dest_region: Annotated[tuple[str, ...], Field(min_length=1)]


class CancelRemoteCopyImageRequest(Model):
    """The copy to cancel, by its id in the region it is copied to."""

    image_id: str


class ImageCopyView(TypedDict):
    """A copy of an image and its region, or why there is none."""

    region: str
    imageId: str
    errMsg: str
    code: str


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
    if not image.is_custom:
        raise ImageNotSupportCopy
    if image.id in account.setting(FOREIGN_FORMAT):
        raise ImageStorageFormatInvalid
    regions = [region for each in dict.fromkeys(request.dest_region) if (region := region_named(each))]
    if account.region in regions or len(regions) < len(set(request.dest_region)):
        raise RegionNotSupportCopy(f"an image of {account.region} can be copied to the other of {region_names()}")
    account.check(image, "copy")
    targets = [account.in_region(region) for region in dict.fromkeys(regions)]
    return {"result": [_copy(target, image, request.name or image.name) for target in targets]}


@operation(
    "POST /v2/image/{imageId}?cancelRemoteCopy",
    errors=[NoSuchObject, ImageNotBeingCopied],
    doc="https://cloud.baidu.com/doc/BCC/s/rly3sedxb",
)
def cancel_remote_copy_image(account: AccountRegion, request: CancelRemoteCopyImageRequest) -> None:
    """Cancel a copy in the region it is copied to."""
    account.change(account.get(Image, request.image_id), "cancel_copy")


def _copy(target: AccountRegion, image: Image, name: str) -> ImageCopyView:
    if is_full(target):
        full = ImageQuotaExceedLimit
        return {"region": target.region, "imageId": "", "errMsg": full.message, "code": full.code}
    copy = target.add(like(image, id=target.new_id(Image), name=name, state=COPYING))
    target.change(copy, "receive_copy")
    return {"region": target.region, "imageId": copy.id, "errMsg": "", "code": ""}
