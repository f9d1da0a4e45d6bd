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
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.image.lifecycle import LIFECYCLE
from bce_emulator.services.shared.image_errors import ImageNameInvalid
from bce_emulator.services.shared.images import SharedImages
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.operating_systems import OperatingSystem
from bce_emulator.services.shared.tags import Tag

PUBLISHED = seconds("2024-01-01T00:00:00Z")

IMAGE_QUOTA = account_setting("bcc.imageQuota", 20, "how many custom images an account has in a region")

SHARED_USER_QUOTA = account_setting("bcc.imageSharedUserQuota", 50, "how many accounts an image is shared with")

SHARED_IMAGE_QUOTA = account_setting(
    "bcc.sharedImageQuota", 20, "how many images of others an account holds in a region"
)

FOREIGN_FORMAT = account_setting("bcc.imagesInForeignFormat", [], "ids of images whose storage format cannot be copied")

KNOWN_ACCOUNTS = account_setting(
    "bcc.knownAccounts", [], "accounts outside the emulator that images can be shared with"
)


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
        """The operating system of an instance that is created from this image."""
        return OperatingSystem(self.os_name, self.os_version, self.os_arch, self.os_type, self.os_lang)

    @property
    def is_custom(self) -> bool:
        """Whether this is a custom image of the account."""
        return self.type.endswith("Custom")


def like(source: Image, **facts: Any) -> Image:
    """A new image with the name, type and operating system of another, except for what is given."""
    same = ("name", "type", "os_name", "os_version", "os_arch", "os_type", "os_lang", "min_disk_gb", "encrypt_key")
    return Image(**({fact: getattr(source, fact) for fact in same} | facts))


IMAGES = SharedImages(Image, like, IMAGE_QUOTA, SHARED_USER_QUOTA, SHARED_IMAGE_QUOTA, KNOWN_ACCOUNTS)


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule."""
    if not is_name(name):
        raise ImageNameInvalid(f"a name is {NAME_RULE}")


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


def check_custom(image: Image) -> None:
    """Refuse to change an image that is not the account's own. The code is proposed."""
    if not image.is_custom:
        raise OperationDenied(f"{image.id} is of the type {image.type}, not an image of the account's own")
