"""The system disk of an instance, which snapshots know by the instance."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume


def system_volume(account: AccountRegion, instance_id: str) -> Volume:
    """The system disk of the instance with this id, or the error that there is no such object."""
    instance = account.get(Instance, instance_id)
    return next(volume for volume in account.where(Volume, "instance_id", instance.id) if volume.type == SYSTEM)
