"""Volumes made from snapshots."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare
from bce_emulator.services.bcc.snapshot.shares import source_of


def check_shared_source(account: AccountRegion, share_id: str, size_gb: int, too_small: type[ApiError]) -> Snapshot:
    """The snapshot behind a share that the account received, for a volume of this size."""
    snapshot = source_of(account, account.get(SnapshotShare, share_id))
    if snapshot is None:
        raise NoSuchObject("the snapshot that was shared is gone")
    if size_gb and size_gb < snapshot.size_gb:
        raise too_small(f"the snapshot has {snapshot.size_gb} GB")
    return snapshot


def check_source(account: AccountRegion, snapshot_id: str, size_gb: int, too_small: type[ApiError]) -> Snapshot:
    """The snapshot that a volume of this size is made from; size 0 is the snapshot's own."""
    snapshot = account.get(Snapshot, snapshot_id)
    if snapshot.is_system:
        raise BadRequest("no data volume is made from the snapshot of a system disk")
    if size_gb and size_gb < snapshot.size_gb:
        raise too_small(f"the snapshot has {snapshot.size_gb} GB")
    account.check(snapshot, "make_volume")
    return snapshot
