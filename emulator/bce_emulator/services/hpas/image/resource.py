"""What an image is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.engine.account.clock import seconds
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.hpas import offerings

PUBLISHED = seconds("2024-01-01T00:00:00Z")
SYSTEM, AVAILABLE = "System", "Available"


@dataclass(slots=True, kw_only=True, eq=False)
class HpasImage(Resource):
    """An operating system with what certain types of application need. Sizes are GB."""

    prefix: ClassVar[str] = "m"

    name: str
    type: str = SYSTEM
    app_types: tuple[str, ...]
    size_gb: int
    min_disk_gb: int


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
