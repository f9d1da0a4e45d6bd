"""The creation of a snapshot, by a request or by an automatic policy."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded
from bce_emulator.services.bcc.snapshot.resource import MANUAL_QUOTA, Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.shared.operating_systems import NO_SYSTEM
from bce_emulator.services.shared.tags import Tag

FOR_EVER, MAX_DAYS = -1, 10_000


def _days(days: int) -> int:
    if days != FOR_EVER and not 0 <= days <= MAX_DAYS:
        raise ValueError(f"-1 or 1 to {MAX_DAYS}")
    return days


Days = Annotated[int, AfterValidator(_days)]
"""How long a snapshot is kept; 0 is what some clients send for a value that is not given."""


def check_volume(account: AccountRegion, volume: Volume) -> None:
    """Refuse a volume whose status allows no snapshot; for a system disk the status of the instance counts."""
    if volume.type == SYSTEM:
        account.check(account.get(Instance, volume.instance_id), "create_snapshot")
    account.check(volume, "create_snapshot")


def check_limit(account: AccountRegion, volume: Volume) -> None:
    """Refuse a manual snapshot beyond the limit of a volume."""
    count = sum(not each.is_automatic for each in account.where(Snapshot, "volume_id", volume.id))
    if count >= account.setting(MANUAL_QUOTA):
        raise SnapshotLimitExceeded(f"the volume has {count} snapshots made by hand")


def make_snapshot(
    account: AccountRegion,
    volume: Volume,
    name: str,
    days: int,
    *,
    desc: str = "",
    tags: tuple[Tag, ...] = (),
    automatic: bool = False,
    group_id: str = "",
) -> Snapshot:
    """Start a snapshot of a checked volume; the volume, and the instance of a system disk, are busy meanwhile."""
    is_system = volume.type == SYSTEM
    instance = account.get(Instance, volume.instance_id) if is_system else None
    snapshot = account.add(
        Snapshot(
            id=account.new_id(Snapshot),
            name=name,
            desc=desc,
            volume_id=volume.id,
            instance_id=instance.id if instance else "",
            instance_snapshot_id=group_id,
            os=instance.os if instance else NO_SYSTEM,
            size_gb=volume.size_gb,
            is_system=is_system,
            is_automatic=automatic,
            encrypt_key=volume.encrypt_key,
            tags=tags,
        )
    )
    keep_for(account, snapshot, days)
    account.change(snapshot, "create")
    account.change(volume, "create_snapshot")
    if instance is not None:
        account.change(instance, "create_snapshot")
    return snapshot


def keep_for(account: AccountRegion, snapshot: Snapshot, days: int) -> None:
    """Plan the deletion of a snapshot, in days after its creation; -1 keeps it."""
    snapshot.expires = None if days == FOR_EVER else snapshot.created + days * DAY
    account.schedule(snapshot, "expire", snapshot.expires)


@when_done(Snapshot, "create")
def join_chain(account: AccountRegion, snapshot: Snapshot) -> None:
    """The first finished snapshot of a volume begins its chain."""
    if account.where(SnapshotChain, "volume_id", snapshot.volume_id):
        return
    volume = account.find(Volume, snapshot.volume_id)
    account.add(
        SnapshotChain(
            id=account.new_id(SnapshotChain),
            volume_id=snapshot.volume_id,
            instance_id=volume.instance_id if volume else snapshot.instance_id,
            is_system=snapshot.is_system,
            volume_gb=snapshot.size_gb,
        )
    )
