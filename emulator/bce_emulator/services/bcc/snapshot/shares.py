"""Share a snapshot with another account, and take that back: both accounts keep the share, under one id."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare


def give(account: AccountRegion, snapshot: Snapshot, account_id: str) -> None:
    """Share a snapshot; with an account that does not exist in the emulator, only the owner sees the share."""
    share_id = account.new_id(SnapshotShare)
    for keeper in _sides(account, account.name, account_id):
        stale = keeper.find(SnapshotShare, share_id)
        if stale is not None:  # this account was reset since, and has shared the same again
            keeper.remove(stale)
        keeper.add(
            SnapshotShare(
                id=share_id,
                created=account.clock.now(),
                source_id=snapshot.id,
                source_account=account.name,
                account_id=account_id,
            )
        )


def take_back(account: AccountRegion, share: SnapshotShare) -> None:
    """End a share for both accounts."""
    for keeper in _sides(account, share.source_account, share.account_id):
        kept = keeper.find(SnapshotShare, share.id)
        if kept is not None:
            keeper.remove(kept)


def source_of(account: AccountRegion, share: SnapshotShare) -> Snapshot | None:
    """The snapshot that is shared, whichever account asks; None if its account was reset since."""
    sides = _sides(account, share.source_account)
    return sides[0].find(Snapshot, share.source_id) if sides else None


def _sides(account: AccountRegion, *names: str) -> list[AccountRegion]:
    found = [account if name == account.name else account.of(name) for name in names]
    return [side for side in found if side is not None]
