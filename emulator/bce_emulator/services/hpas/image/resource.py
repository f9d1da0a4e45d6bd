"""What an image is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.hpas import offerings
from bce_emulator.services.hpas.image.lifecycle import LIFECYCLE
from bce_emulator.services.shared.images import AVAILABLE, Images

PUBLISHED = seconds("2024-01-01T00:00:00Z")
SYSTEM, CUSTOM = "System", "Custom"

QUOTA = account_setting("hpas.hpasImageQuota", 20, "how many custom images of HPAS an account has in a region")


@dataclass(slots=True, kw_only=True, eq=False)
class HpasImage(Resource):
    """An operating system with what certain types of application need. Sizes are GB."""

    prefix: ClassVar[str] = "m"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE

    state: str = AVAILABLE
    name: str
    type: str = SYSTEM
    app_types: tuple[str, ...]
    size_gb: int
    min_disk_gb: int

    @property
    def is_custom(self) -> bool:
        """Whether this is an image of the account's own."""
        return self.type == CUSTOM


def like(source: HpasImage, **facts: Any) -> HpasImage:
    """A new image for the applications of another, except for what is given."""
    same = ("name", "type", "app_types", "size_gb", "min_disk_gb")
    return HpasImage(**({fact: getattr(source, fact) for fact in same} | facts))


IMAGES = Images(HpasImage, like, QUOTA)


@on_account_created
def system_images_of_hpas(account: AccountRegion) -> None:
    """Every account sees the same system images, under the same ids."""
    for offer in reversed(offerings.IMAGES):
        account.add(
            HpasImage(
                id=offer.id,
                created=PUBLISHED,
                name=offer.name,
                app_types=offer.app_types,
                size_gb=offer.size_gb,
                min_disk_gb=offer.min_disk_gb,
            )
        )
