"""What an image of a server is. https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bbc import offerings
from bce_emulator.services.bbc.image.lifecycle import LIFECYCLE
from bce_emulator.services.shared.image_errors import ImageNameInvalid
from bce_emulator.services.shared.images import SharedImages
from bce_emulator.services.shared.operating_systems import OperatingSystem

PUBLISHED = seconds("2024-01-01T00:00:00Z")
NAME = re.compile(r"[-A-Za-z0-9_]{1,65}")
"""The page says hyphens, and has underscores in its example."""

QUOTA = account_setting("bbc.serverImageQuota", 20, "how many custom images for servers an account has in a region")
USER_QUOTA = account_setting("bbc.serverImageUserQuota", 50, "how many accounts an image for servers is shared with")
RECEIVED_QUOTA = account_setting(
    "bbc.sharedServerImageQuota", 20, "how many images of others for servers an account holds in a region"
)
KNOWN_ACCOUNTS = account_setting(
    "bbc.serverImageAccounts", [], "accounts outside the emulator that images for servers can be shared with"
)


@dataclass(slots=True, kw_only=True, eq=False)
class ServerImage(Resource):
    """An operating system for servers; ``flavor_id`` is that of the server it was made of."""

    prefix: ClassVar[str] = "m"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    name: str
    type: str = "System"
    desc: str = ""
    os_name: str
    os_version: str
    os_arch: str
    os_type: str
    min_disk_gb: int
    flavor_id: str = ""
    shared_with: tuple[str, ...] = ()
    shared_by: str = ""

    @property
    def os(self) -> OperatingSystem:
        """The operating system of a server that is made from this image."""
        return OperatingSystem(self.os_name, self.os_version, self.os_arch, self.os_type)

    @property
    def is_custom(self) -> bool:
        """Whether this is a custom image of the account."""
        return self.type == "Custom"


def like(source: ServerImage, **facts: Any) -> ServerImage:
    """A new image with the name, type and operating system of another, except for what is given."""
    same = ("name", "type", "os_name", "os_version", "os_arch", "os_type", "min_disk_gb", "flavor_id")
    return ServerImage(**({fact: getattr(source, fact) for fact in same} | facts))


IMAGES = SharedImages(ServerImage, like, QUOTA, USER_QUOTA, RECEIVED_QUOTA, KNOWN_ACCOUNTS)


def check_name(name: str) -> None:
    """Refuse a name that breaks the rule."""
    if not NAME.fullmatch(name):
        raise ImageNameInvalid("a name is 1 to 65 letters, digits, hyphens and underscores")


@on_account_created
def system_images_of_servers(account: AccountRegion) -> None:
    """Every account sees the same system images, under the same ids."""
    for offer in reversed(offerings.images()):
        account.add(
            ServerImage(
                id=offer["id"],
                created=PUBLISHED,
                name=offer["name"],
                os_name=offer["osName"],
                os_version=offer["osVersion"],
                os_arch=offer["osArch"],
                os_type=offer["osType"],
                min_disk_gb=offer["minDiskGB"],
            )
        )
