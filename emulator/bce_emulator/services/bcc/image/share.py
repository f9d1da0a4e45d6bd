"""Share images with other accounts: in the same region, where they can be used but not changed."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import IMAGES, Image
from bce_emulator.services.shared.image_errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    InvalidAccount,
    UnCustomImageCannotBeShared,
)
from bce_emulator.services.shared.images import own_image, share, unshare


class ShareImageRequest(Model):
    """The image, and the account by any of its names."""

    image_id: str
    account: str = ""
    account_id: str = ""
    uc_account: str = ""


class ListSharedUserRequest(Model):
    """The image whose users to list."""

    image_id: str


class SharedUserView(TypedDict):
    """An account that an image is shared with, by each of its names."""

    accountId: str
    account: str
    ucAccount: str


class ListSharedUserResponse(Page):
    """All accounts that the image is shared with, on one page."""

    users: list[SharedUserView]


@operation(
    "POST /v2/image/{imageId}?share",
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
    doc="https://cloud.baidu.com/doc/BCC/s/djwvyntsd",
    looks_at_others=True,
)
def share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Share an image with other accounts."""
    share(account, IMAGES, own_image(account, IMAGES, request.image_id), _names(request))


@operation(
    "POST /v2/image/{imageId}?unshare",
    errors=[NoSuchObject, UnCustomImageCannotBeShared, AccountListIsEmpty, InvalidAccount],
    doc="https://cloud.baidu.com/doc/BCC/s/Ijwvynust",
    looks_at_others=True,
)
def un_share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Stop sharing an image with other accounts; one that it is not shared with is ignored."""
    unshare(account, IMAGES, own_image(account, IMAGES, request.image_id), _names(request))


@operation(
    "GET /v2/image/{imageId}/sharedUsers",
    errors=[NoSuchObject],
    basis="client",
)
def list_shared_user(account: AccountRegion, request: ListSharedUserRequest) -> ListSharedUserResponse:
    """List the accounts that an image is shared with; each has one name, by whichever it was named."""
    image = account.get(Image, request.image_id)
    users: list[SharedUserView] = [
        {"accountId": name, "account": name, "ucAccount": name} for name in image.shared_with
    ]
    return {"marker": "", "isTruncated": False, "maxKeys": MAX_KEYS, "users": users}


def _names(request: ShareImageRequest) -> tuple[str, ...]:
    return request.account, request.account_id, request.uc_account
