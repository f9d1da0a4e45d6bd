"""Share images with other accounts: in the same region, where they can be used but not changed."""

from __future__ import annotations

from collections.abc import Iterable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    InvalidAccount,
    UnCustomImageCannotBeShared,
)
from bce_emulator.services.bcc.image.lifecycle import AVAILABLE
from bce_emulator.services.bcc.image.resource import KNOWN_ACCOUNTS, SHARED_IMAGE_QUOTA, SHARED_USER_QUOTA, Image, like

SHARING = "Sharing"


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
)
def share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Share an image with other accounts."""
    image = _own_image(account, request.image_id)
    names = _names(account, image, request)
    if account.name in names:
        raise CannotShareToOwner
    account.check(image, "share")
    if not set(names).isdisjoint(image.shared_with):
        raise AccountHasBeenShared
    if len(image.shared_with) + len(names) > account.setting(SHARED_USER_QUOTA):
        raise ExceedSharedToUserNumQuota
    receivers = [receiver for name in names if (receiver := account.of(name))]
    for receiver in receivers:
        _check_room(receiver)
    image.shared_with += names
    for receiver in receivers:
        _receive(receiver, image, account.name)


@operation(
    "POST /v2/image/{imageId}?unshare",
    errors=[NoSuchObject, UnCustomImageCannotBeShared, AccountListIsEmpty, InvalidAccount],
    doc="https://cloud.baidu.com/doc/BCC/s/Ijwvynust",
)
def un_share_image(account: AccountRegion, request: ShareImageRequest) -> None:
    """Stop sharing an image with other accounts; one that it is not shared with is ignored."""
    image = _own_image(account, request.image_id)
    names = _names(account, image, request)
    for receiver, received in received_by(account, image, names):
        receiver.remove(received)
    image.shared_with = tuple(name for name in image.shared_with if name not in names)


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


def received_by(account: AccountRegion, image: Image, names: Iterable[str]) -> list[tuple[AccountRegion, Image]]:
    """The accounts that an image is shared with, each with the image as it has it."""
    found = []
    for name in names:
        receiver = account.of(name)
        received = receiver.find(Image, image.id) if receiver else None
        if receiver and received and received.shared_by == account.name:
            found.append((receiver, received))
    return found


def _own_image(account: AccountRegion, image_id: str) -> Image:
    image = account.get(Image, image_id)
    if not image.is_custom:
        raise UnCustomImageCannotBeShared
    return image


def _names(account: AccountRegion, image: Image, request: ShareImageRequest) -> tuple[str, ...]:
    """The accounts of a request, each once, by the names the emulator has for them."""
    requested = [name for name in (request.account, request.account_id, request.uc_account) if name]
    if not requested:
        raise AccountListIsEmpty
    known = {*account.setting(KNOWN_ACCOUNTS), *image.shared_with}
    names = []
    for name in requested:
        other = account.of(name)
        if other is None and name not in known:
            raise InvalidAccount(f"no account is called {name}; the setting {KNOWN_ACCOUNTS.name} can name more")
        names.append(other.name if other else name)
    return tuple(dict.fromkeys(names))


def _check_room(receiver: AccountRegion) -> None:
    if len(receiver.where(Image, "type", SHARING)) >= receiver.setting(SHARED_IMAGE_QUOTA):
        raise ExceedAcceptSharedImageNumQuota


def _receive(receiver: AccountRegion, image: Image, owner: str) -> None:
    stale = receiver.find(Image, image.id)
    if stale is not None:  # the owner was reset since, and has made the same image again
        receiver.remove(stale)
    shared = like(image, id=image.id, type=SHARING, state=AVAILABLE, created=image.created, shared_by=owner)
    receiver.add(shared)
