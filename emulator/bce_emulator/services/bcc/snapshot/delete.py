"""Delete snapshots."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.snapshot.errors import SnapshotOperationForbidden
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import SnapshotShare, has_shares
from bce_emulator.services.bcc.snapshot.shares import take_back
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain


class DeleteSnapshotRequest(Model):
    """Which snapshot to delete."""

    snapshot_id: str


@operation(
    "DELETE /v2/snapshot/{snapshotId}",
    errors=[NoSuchObject, OperationDenied, SnapshotOperationForbidden],
    doc="https://cloud.baidu.com/doc/BCC/s/cjwvyo81w",
    looks_at_others=has_shares,
)
def delete_snapshot(account: AccountRegion, request: DeleteSnapshotRequest) -> None:
    """Delete a snapshot that is finished, or that failed, and belongs to no snapshot of an instance."""
    snapshot = account.get(Snapshot, request.snapshot_id)
    if snapshot.instance_snapshot_id:
        raise OperationDenied(f"it is deleted with {snapshot.instance_snapshot_id}")
    account.check(snapshot, "delete")
    forget(account, snapshot)


def delete_snapshots_of(account: AccountRegion, volume_id: str, *, automatic: bool, manual: bool) -> None:
    """Delete the snapshots of a volume that were made by a policy, by hand, or both."""
    for snapshot in account.where(Snapshot, "volume_id", volume_id):
        if automatic if snapshot.is_automatic else manual:
            forget(account, snapshot)


@on_timer(Snapshot, "expire")
def forget(account: AccountRegion, snapshot: Snapshot) -> None:
    """Remove a snapshot; the last one of an instance snapshot takes that along."""
    _remove(account, snapshot)
    group = account.find(InstanceSnapshot, snapshot.instance_snapshot_id)
    if group is not None and not account.where(Snapshot, "instance_snapshot_id", group.id):
        account.remove(group)


@when_gone(InstanceSnapshot)
def forget_snapshots_in_it(account: AccountRegion, group: InstanceSnapshot) -> None:
    """The snapshots of a group go with it."""
    for snapshot in account.where(Snapshot, "instance_snapshot_id", group.id):
        _remove(account, snapshot)


def _remove(account: AccountRegion, snapshot: Snapshot) -> None:
    """Remove a snapshot with its shares, and with the last one the chain of its volume."""
    account.remove(snapshot)
    for share in account.where(SnapshotShare, "source_id", snapshot.id):
        take_back(account, share)
    if not account.where(Snapshot, "volume_id", snapshot.volume_id):
        for chain in account.where(SnapshotChain, "volume_id", snapshot.volume_id):
            account.remove(chain)
