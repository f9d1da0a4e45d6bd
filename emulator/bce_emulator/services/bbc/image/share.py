"""Share images for servers with other accounts, and copy them to other regions. The refusals are those of BCC."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.image.resource import IMAGES, ServerImage, check_name
from bce_emulator.services.shared.image_errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    ImageNameInvalid,
    ImageNotAvailable,
    ImageNotBeingCopied,
    ImageNotSupportCopy,
    InvalidAccount,
    RegionNotSupportCopy,
    UnCustomImageCannotBeShared,
)
from bce_emulator.services.shared.images import ImageCopyView, copy_to_regions, own_image, share, unshare


class ShareImageRequest(Model):
    """The image, and the account by any of its names."""

    image_id: str
    account: str = ""
    account_id: str = ""


class ImageLook(Model):
    """Which image."""

    image_id: str


class RemoteCopyImageRequest(Model):
    """Which image to copy where; the copies have the name of the image unless they get their own."""

    image_id: str
    name: str = ""
    dest_region: Annotated[tuple[str, ...], Field(min_length=1)]


class SharedUserView(TypedDict):
    """An account that an image is shared with, by each of its names."""

    accountId: str
    account: str


class GetImageSharedUserResponse(TypedDict):
    """The accounts that an image is shared with."""

    users: list[SharedUserView]


class RemoteCopyImageResponse(TypedDict):
    """The result for each region."""

    result: list[ImageCopyView]


@operation(
    "POST /v1/image/{imageId}?share",
    errors=[
        NoSuchObject,
        UnCustomImageCannotBeShared,
        AccountListIsEmpty,
        InvalidAccount,
        CannotShareToOwner,
        OperationDenied,
        AccountHasBeenShared,
        ExceedSharedToUserNumQuota,
        ExceedAcceptSharedImageNumQuota,
    ],
    basis="client",
    looks_at_others=True,
)
def share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Share an image with other accounts."""
    share(account, IMAGES, own_image(account, IMAGES, request.image_id), (request.account, request.account_id))


@operation(
    "POST /v1/image/{imageId}?unshare",
    errors=[NoSuchObject, UnCustomImageCannotBeShared, AccountListIsEmpty, InvalidAccount],
    basis="client",
    looks_at_others=True,
)
def un_share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Stop sharing an image with other accounts; one that it is not shared with is ignored."""
    unshare(account, IMAGES, own_image(account, IMAGES, request.image_id), (request.account, request.account_id))


@operation("GET /v1/image/{imageId}/sharedUsers", errors=[NoSuchObject], basis="client")
def get_image_shared_user(account: AccountRegion, request: ImageLook) -> GetImageSharedUserResponse:
    """List the accounts that an image is shared with; each has one name, by whichever it was named."""
    image = account.get(ServerImage, request.image_id)
    return {"users": [{"accountId": name, "account": name} for name in image.shared_with]}


@operation(
    "POST /v1/image/{imageId}?remoteCopy",
    errors=[NoSuchObject, ImageNameInvalid, ImageNotSupportCopy, RegionNotSupportCopy, ImageNotAvailable],
    basis="client",
)
def remote_copy_image(account: AccountRegion, request: RemoteCopyImageRequest) -> RemoteCopyImageResponse:
    """Copy a custom image to other regions; a region whose quota is full has an error in its part of the response."""
    image = account.get(ServerImage, request.image_id)
    if request.name:
        check_name(request.name)
    return {"result": copy_to_regions(account, IMAGES, image, dict.fromkeys(request.dest_region, request.name))}


@operation("POST /v1/image/{imageId}?cancelRemoteCopy", errors=[NoSuchObject, ImageNotBeingCopied], basis="client")
def cancel_remote_copy_image(account: AccountRegion, request: ImageLook) -> None:
    """Cancel a copy in the region it is copied to."""
    account.change(account.get(ServerImage, request.image_id), "cancel_copy")
