"""Roll a volume back to a snapshot."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.errors import SnapshotOperationForbidden
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.system_volume import system_volume
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume


class RollbackVolumeRequest(Model):
    """Which volume to roll back, and to which of its snapshots; an instance id means its system disk."""

    volume_id: str
    snapshot_id: str


@operation(
    "PUT /v2/volume/{volumeId}?rollback",
    errors=[NoSuchObject, SnapshotOperationForbidden, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Rjwvyo5n6",
)
def rollback_volume(account: AccountRegion, request: RollbackVolumeRequest) -> None:
    """Roll a volume back to one of its snapshots."""
    volume = account.find(Volume, request.volume_id) or system_volume(account, request.volume_id)
    snapshot = account.get(Snapshot, request.snapshot_id)
    if snapshot.volume_id != volume.id:
        raise NoSuchObject("the snapshot is of another volume")
    account.check(snapshot, "roll_back")
    if volume.type != SYSTEM:
        account.change(volume, "roll_back")
        return
    instance = account.get(Instance, volume.instance_id)
    account.check(instance, "create_snapshot")
    account.change(volume, "roll_back_system")
    account.change(instance, "create_snapshot")
