"""What an image is. https://cloud.baidu.com/doc/BCC/s/Ajwvynu5r"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from emulator.engine.accounts import Account, furnish
from emulator.engine.clock import seconds
from emulator.engine.resources import Resource
from emulator.services.bcc import offers

PUBLISHED = seconds("2024-01-01T00:00:00Z")


@dataclass(slots=True, kw_only=True, eq=False)
class Image(Resource):
    """An operating system to start an instance from. Sizes are GB."""

    prefix: ClassVar[str] = "m"

    name: str
    type: str = "System"
    desc: str = ""
    os_name: str
    os_version: str
    os_arch: str
    os_type: str
    os_lang: str = "ENG"
    min_disk_gb: int

    @property
    def is_windows(self) -> bool:
        """Whether the operating system is Windows, which needs a larger disk and takes no keypair."""
        return self.os_type == "windows"


@furnish
def system_images(account: Account) -> None:
    """Every account sees the same system images, under the same ids."""
    for offer in reversed(offers.images()):
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
