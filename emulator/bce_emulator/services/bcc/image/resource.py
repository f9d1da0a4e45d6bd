"""What an image is: its facts, its lifecycle and its errors.

Statuses and rules: https://cloud.baidu.com/doc/BCC/s/jjwvynviw, /s/Sjwvynt2u, /s/Uly3sedm1, /s/Ajwvyncfw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.account.lifecycle import GONE, SAME, Lifecycle, row
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import ApiError, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.operating_systems import OperatingSystem
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.tags import Tag

PUBLISHED = seconds("2024-01-01T00:00:00Z")

IMAGE_QUOTA = account_setting("bcc.imageQuota", 20, "how many custom images an account has in a region")
SHARED_USER_QUOTA = account_setting("bcc.imageSharedUserQuota", 50, "how many accounts an image is shared with")
SHARED_IMAGE_QUOTA = account_setting(
    "bcc.sharedImageQuota", 20, "how many images of others an account holds in a region"
)
FOREIGN_FORMAT = account_setting(
    "bcc.imagesInForeignFormat", [], "ids of images whose storage format can not be copied"
)
KNOWN_ACCOUNTS = account_setting(
    "bcc.knownAccounts", [], "accounts outside the emulator that images can be shared with"
)


class ImageNameInvalid(ApiError):
    """The name breaks the rule for names."""

    status, code, message = 400, "Image.ImageNameInvalid", "Image name is invalid."


class ImageIdIsEmpty(ApiError):
    """Neither an instance nor a snapshot to make the image of is named. Documented for bare metal only."""

    status, code, message, basis = 400, "Image.ImageIdIsEmpty", "Image ID cannot be empty", "proposed"


class ImageQuotaExceedLimit(ApiError):
    """The account has as many custom images in the region as it may. Documented for bare metal only."""

    status, code, basis = 413, "Image.ImageQuotaExceedLimit", "proposed"
    message = "Image number exceeds the limit."


class UnCustomImageCannotBeDeleted(ApiError):
    """Only an image of one's own can be deleted."""

    status, code, message = 403, "Image.UnCustomImageCannotBeDeleted", "Only custom image can be deleted."


class CreatingImageCannotBeDeleted(ApiError):
    """The image is still being made."""

    status, code, message = 409, "Image.CreatingImageCannotBeDeleted", "Cannot delete image when creating."


class ImageHasBeenSharedToOthers(ApiError):
    """An image that others can use is not deleted."""

    status, code, message = 409, "Image.ImageHasBeenSharedToOthers", "Image has been shared to others."


class UnCustomImageCannotBeShared(ApiError):
    """Only an image of one's own can be shared."""

    status, code, message = 403, "Image.UnCustomImageCannotBeShared", "Only custom image can be shared."


class InvalidAccount(ApiError):
    """There is no account of this name."""

    status, code, message = 400, "Image.InvalidAccount", "Account is invalid."


class AccountListIsEmpty(ApiError):
    """No account is named."""

    status, code, message = 400, "Image.AccountListIsEmpty", "Account list is empty."


class ExceedSharedToUserNumQuota(ApiError):
    """The image is shared with as many accounts as it may be."""

    status, code, message = 413, "Image.ExceedSharedToUserNumQuota", "Exceed shared to user num quota."


class CannotShareToOwner(ApiError):
    """The account to share with is the owner's own."""

    status, code, message = 403, "Image.CannotShareToOwner", "Cannot share to owner."


class AccountHasBeenShared(ApiError):
    """The image is shared with the account already."""

    status, code, message = 409, "Image.AccountHasBeenShared", "Account has been shared."


class ExceedAcceptSharedImageNumQuota(ApiError):
    """The account to share with holds as many images of others as it may."""

    status, code, message = 413, "Image.ExceedAcceptSharedImageNumQuota", "Exceed accept shared image num quota"


class RegionNotSupportCopy(ApiError):
    """The image can not be copied to the region."""

    status, code, message = 409, "Image.RegionNotSupportCopy", "Region not support copy."


class ImageNotSupportCopy(ApiError):
    """Only an image of one's own can be copied."""

    status, code, message = 409, "Image.ImageNotSupportCopy", "Image not support copy."


class ImageStorageFormatInvalid(ApiError):
    """The image is stored in a format that can not be copied."""

    status, code, message = 409, "Image.ImageStorageFormatInvalid", "Image storage format is invalid."


class ImageNotAvailable(ApiError):
    """Only an available image can be copied."""

    status, code, message = 409, "Image.ImageStatusForbidden", "Image status is not Available."


class ImageNotBeingCopied(ApiError):
    """Only the copying of an image that is being copied can be cancelled."""

    status, code, message = 409, "Image.ImageStatusForbidden", "Image status is not dest_copying."


CREATING, AVAILABLE, COPYING = "Creating", "Available", "dest_copying"
FAILED, NOT_AVAILABLE, ERROR = "CreateFailed", "NotAvailable", "Error"
STATES = (CREATING, AVAILABLE, COPYING, FAILED, NOT_AVAILABLE, ERROR)
MADE = (AVAILABLE, FAILED, NOT_AVAILABLE, ERROR)

# fmt: off
LIFECYCLE = Lifecycle(
    #    action          allowed in     meanwhile  then       s    refused with
    row("create",        (CREATING,),   SAME,      AVAILABLE, 120, OperationDenied),
    row("import",        (CREATING,),   SAME,      AVAILABLE, 180, OperationDenied),
    row("receive_copy",  (COPYING,),    SAME,      AVAILABLE, 300, OperationDenied),
    row("cancel_copy",   (COPYING,),    GONE,      GONE,      0,   ImageNotBeingCopied),
    row("copy",          (AVAILABLE,),  SAME,      SAME,      0,   ImageNotAvailable),
    row("share",         (AVAILABLE,),  SAME,      SAME,      0,   OperationDenied),
    row("use",           (AVAILABLE,),  SAME,      SAME,      0,   OperationDenied),
    row("delete",        MADE,          GONE,      GONE,      0,   CreatingImageCannotBeDeleted),
    states=STATES,
)
# fmt: on


@dataclass(slots=True, kw_only=True, eq=False)
class Image(Resource):
    """An operating system to start an instance from. Sizes are GB.

    ``shared_with`` names the accounts that may use it; ``shared_by`` the account that lets this one use it.
    """

    prefix: ClassVar[str] = "m"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    name: str
    type: str = "System"
    desc: str = ""
    os_name: str
    os_version: str
    os_arch: str
    os_type: str
    os_lang: str = "ENG"
    min_disk_gb: int
    encrypt_key: str = ""
    with_data: bool = False
    snapshot_ids: tuple[str, ...] = ()
    shared_with: tuple[str, ...] = ()
    shared_by: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def os(self) -> OperatingSystem:
        """The operating system that an instance made of this image runs."""
        return OperatingSystem(self.os_name, self.os_version, self.os_arch, self.os_type, self.os_lang)

    @property
    def is_custom(self) -> bool:
        """Whether the account made the image itself."""
        return self.type.endswith("Custom")


def like(source: Image, **facts: Any) -> Image:
    """A new image with the name, type and operating system of another, except for what is given."""
    same = ("name", "type", "os_name", "os_version", "os_arch", "os_type", "os_lang", "min_disk_gb", "encrypt_key")
    return Image(**({fact: getattr(source, fact) for fact in same} | facts))


def check_quota(account: AccountRegion) -> None:
    """Refuse a custom image beyond those that the account may have; images of others do not count."""
    if is_full(account):
        raise ImageQuotaExceedLimit(f"the account may have {account.setting(IMAGE_QUOTA)} custom images in a region")


def is_full(account: AccountRegion) -> bool:
    """Whether the account has as many custom images as it may."""
    return sum(image.is_custom for image in account.all(Image)) >= int(account.setting(IMAGE_QUOTA))


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule."""
    if not is_name(name):
        raise ImageNameInvalid("a name is 1 to 65 letters, digits, Chinese characters and -_ /., a letter first")


@on_account_created
def system_images(account: AccountRegion) -> None:
    """Every account sees the same system images, under the same ids."""
    for offer in reversed(offerings.images()):
        account.add(
            Image(
                id=offer["id"],
                created=PUBLISHED,
                name=offer["name"],
                os_name=offer["osName"],
                os_version=offer["osVersion"],
                os_arch=offer["osArch"],
                os_type=offer["osType"],
                os_lang=offer.get("osLang", "ENG"),
                min_disk_gb=offer["minDiskGb"],
            )
        )
