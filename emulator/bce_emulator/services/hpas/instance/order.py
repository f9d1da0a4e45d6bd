"""What an order of instances, and each later change of them, has to keep to."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.shared.names import HOSTNAME_RULE, NAME_RULE, is_hostname, is_name

MIN_ROOT_GB, MAX_ROOT_GB, ROOT_GB = 40, 2_048, 400
ROOT_STORAGE_TYPE = "enhanced_ssd_pl1"
ROOT_STORAGE_TYPES = (
    "enhanced_ssd_pl3",
    "enhanced_ssd_pl2",
    ROOT_STORAGE_TYPE,
    "enhanced_ssd_pl0",
    "premium_ssd",
    "hp1",
)
"""What Terraform's provider says that a system disk can be."""


def check_names(name: str, application_name: str) -> None:
    """Refuse what cannot name an instance, or its application; an empty text names none."""
    if name and not is_name(name):
        raise BadRequest(f"name is {NAME_RULE}")
    if application_name and not is_hostname(application_name):
        raise BadRequest(f"applicationName is {HOSTNAME_RULE}")


def check_image(account: AccountRegion, image: HpasImage, app_type: str) -> None:
    """Refuse an image that is not for a type of application, or not yet available."""
    account.check(image, "use")
    if app_type not in image.app_types:
        raise BadRequest(f"{image.id} is for {', '.join(image.app_types)}, not for {app_type}")


def root_size(requested: int, image: HpasImage) -> int:
    """The GB of the system disk: what was requested or the default; a size that does not fit is refused."""
    size, least = requested or ROOT_GB, max(MIN_ROOT_GB, image.min_disk_gb)
    if not least <= size <= MAX_ROOT_GB:
        raise BadRequest(f"rootDiskSizeInGb is {least} to {MAX_ROOT_GB} with this image")
    return size
