"""What an image of a server is. https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.bbc import offerings
from bce_emulator.services.bbc.image.lifecycle import LIFECYCLE

PUBLISHED = seconds("2024-01-01T00:00:00Z")


@dataclass(slots=True, kw_only=True, eq=False)
class ServerImage(Resource):
    """An operating system for servers."""

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
