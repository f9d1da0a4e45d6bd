"""What images of every product have in common: they are copied to regions, and most are shared with accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import AccountSetting
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.image_errors import (
    AccountHasBeenShared,
    AccountListIsEmpty,
    CannotShareToOwner,
    ExceedAcceptSharedImageNumQuota,
    ExceedSharedToUserNumQuota,
    ImageNotSupportCopy,
    ImageQuotaExceedLimit,
    InvalidAccount,
    RegionNotSupportCopy,
    UnCustomImageCannotBeShared,
)
from bce_emulator.services.shared.regions import region_named, region_names

AVAILABLE, COPYING = "Available", "dest_copying"
SHARING = "Sharing"
"""The type of an image of another account."""


Kind = TypeVar("Kind", bound=Any)


@dataclass(frozen=True, slots=True)
class Images(Generic[Kind]):
    """One kind of image: how one is made like another, and how many an account may have."""

    kind: type[Kind]
    like: Callable[..., Kind]
    quota: AccountSetting


@dataclass(frozen=True, slots=True)
class SharedImages(Images[Kind]):
    """A kind that is shared with accounts, and the account settings about that."""

    users: AccountSetting
    received: AccountSetting
    known: AccountSetting


class ImageCopyView(TypedDict):
    """A copy of an image and its region, or why there is none."""

    region: str
    imageId: str
    errMsg: str
    code: str


def check_quota(account: AccountRegion, images: Images[Kind]) -> None:
    """Refuse a custom image beyond those that the account may have; images of others do not count."""
    if _is_full(account, images):
        raise ImageQuotaExceedLimit(f"the setting {images.quota.name} is {account.setting(images.quota)}")


def own_image(account: AccountRegion, images: SharedImages[Kind], image_id: str) -> Kind:
    """An image that its account can share."""
    image = account.get(images.kind, image_id)
    if not image.is_custom:
        raise UnCustomImageCannotBeShared
    return image


def share(account: AccountRegion, images: SharedImages[Kind], image: Kind, requested: Iterable[str]) -> None:
    """Share an image with other accounts: in the same region, where they can use it but not change it."""
    names = _names(account, images, image, requested)
    if account.name in names:
        raise CannotShareToOwner
    account.check(image, "share")
    if not set(names).isdisjoint(image.shared_with):
        raise AccountHasBeenShared
    if len(image.shared_with) + len(names) > account.setting(images.users):
        raise ExceedSharedToUserNumQuota
    receivers = [receiver for name in names if (receiver := account.of(name))]
    for receiver in receivers:
        if len(receiver.where(images.kind, "type", SHARING)) >= receiver.setting(images.received):
            raise ExceedAcceptSharedImageNumQuota
    image.shared_with += names
    for receiver in receivers:
        _receive(receiver, images, image, account.name)


def unshare(account: AccountRegion, images: SharedImages[Kind], image: Kind, requested: Iterable[str]) -> None:
    """Stop sharing an image with other accounts; one that it is not shared with is ignored."""
    names = _names(account, images, image, requested)
    for receiver, received in received_by(account, images.kind, image, names):
        receiver.remove(received)
    image.shared_with = tuple(name for name in image.shared_with if name not in names)


def received_by(
    account: AccountRegion, kind: type[Kind], image: Kind, names: Iterable[str]
) -> list[tuple[AccountRegion, Kind]]:
    """The accounts that an image is shared with, each with the image as it has it."""
    found = []
    for name in names:
        receiver = account.of(name)
        received = receiver.find(kind, image.id) if receiver else None
        if receiver and received and received.shared_by == account.name:
            found.append((receiver, received))
    return found


def copy_to_regions(
    account: AccountRegion, images: Images[Kind], image: Kind, names: Mapping[str, str]
) -> list[ImageCopyView]:
    """Copy a custom image to other regions, each copy with the name for its region or that of the image.

    A region whose quota is full has an error in its part of the response.
    """
    if not image.is_custom:
        raise ImageNotSupportCopy
    regions = {region: name for each, name in names.items() if (region := region_named(each))}
    if account.region in regions or None in map(region_named, names):
        raise RegionNotSupportCopy(f"an image of {account.region} can be copied to the other of {region_names()}")
    account.check(image, "copy")
    return [_copy(account.in_region(region), images, image, name or image.name) for region, name in regions.items()]


def _is_full(account: AccountRegion, images: Images[Kind]) -> bool:
    return bool(sum(image.is_custom for image in account.all(images.kind)) >= account.setting(images.quota))


def _copy(target: AccountRegion, images: Images[Kind], image: Kind, name: str) -> ImageCopyView:
    if _is_full(target, images):
        full = ImageQuotaExceedLimit
        return {"region": target.region, "imageId": "", "errMsg": full.message, "code": full.code}
    copy = target.add(images.like(image, id=target.new_id(images.kind), name=name, state=COPYING))
    target.change(copy, "receive_copy")
    return {"region": target.region, "imageId": copy.id, "errMsg": "", "code": ""}


def _names(
    account: AccountRegion, images: SharedImages[Kind], image: Kind, requested: Iterable[str]
) -> tuple[str, ...]:
    """The accounts of a request, each once, by the names the emulator has for them."""
    wanted = [name for name in requested if name]
    if not wanted:
        raise AccountListIsEmpty
    known = {*account.setting(images.known), *image.shared_with}
    names = []
    for name in wanted:
        other = account.of(name)
        if other is None and name not in known:
            raise InvalidAccount(f"no account is called {name[:64]}; the setting {images.known.name} can name more")
        names.append(other.name if other else name)
    return tuple(dict.fromkeys(names))


def _receive(receiver: AccountRegion, images: SharedImages[Kind], image: Kind, owner: str) -> None:
    stale = receiver.find(images.kind, image.id)
    if stale is not None:  # the owner was reset since, and has made the same image again
        receiver.remove(stale)
    shared = images.like(image, id=image.id, type=SHARING, state=AVAILABLE, created=image.created, shared_by=owner)
    receiver.add(shared)
