"""Create snapshots, and change their name, description and time of deletion."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded, SnapshotNameInvalid
from bce_emulator.services.bcc.snapshot.make import FOR_EVER, Days, check_limit, check_volume, keep_for, make_snapshot
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.system_volume import system_volume
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of


class CreateSnapshotRequest(Model):
    """Which volume, or the system disk of which instance, and the name of the snapshot."""

    client_token: ClientToken = ""
    volume_id: str
    snapshot_name: str
    desc: str = ""
    retention_in_days: Days = FOR_EVER
    tags: tuple[TagModel, ...] = ()


class ModifySnapshotAttributeRequest(Model):
    """Which snapshot to change; attributes that are not given stay as they are."""

    snapshot_id: str
    snapshot_name: str = ""
    desc: str | None = None
    retention_in_days: Days | None = None


class CreateSnapshotResponse(TypedDict):
    """The id of the snapshot that is being created."""

    snapshotId: str


@operation(
    "POST /v2/snapshot",
    errors=[QualifyNotPass, NoSuchObject, SnapshotNameInvalid, OperationDenied, SnapshotLimitExceeded],
    doc="https://cloud.baidu.com/doc/BCC/s/0jwvyo7c0",
)
def create_snapshot(account: AccountRegion, request: CreateSnapshotRequest) -> CreateSnapshotResponse:
    """Create a snapshot of a data volume, or of the system disk of an instance."""
    require_real_name(account)
    if not is_name(request.snapshot_name):
        raise SnapshotNameInvalid
    volume = _volume(account, request.volume_id)
    check_volume(account, volume)
    check_limit(account, volume)
    snapshot = make_snapshot(
        account,
        volume,
        request.snapshot_name,
        request.retention_in_days or FOR_EVER,
        desc=request.desc,
        tags=tags_of(request.tags),
    )
    return {"snapshotId": snapshot.id}


def _volume(account: AccountRegion, volume_or_instance_id: str) -> Volume:
    volume = account.find(Volume, volume_or_instance_id)
    if volume is None:
        return system_volume(account, volume_or_instance_id)
    if not volume.is_data:
        raise BadRequest("a system disk is named by its instance, and a local disk has no snapshots")
    return volume


@operation(
    "PUT /v2/snapshot/{snapshotId}?modifyAttribute",
    errors=[NoSuchObject, SnapshotNameInvalid],
    basis="client",
)
def modify_snapshot_attribute(account: AccountRegion, request: ModifySnapshotAttributeRequest) -> None:
    """Change the name, the description, and how long a snapshot is kept."""
    if request.snapshot_name and not is_name(request.snapshot_name):
        raise SnapshotNameInvalid
    snapshot = account.get(Snapshot, request.snapshot_id)
    snapshot.name = request.snapshot_name or snapshot.name
    if request.desc is not None:
        snapshot.desc = request.desc
    if request.retention_in_days:
        keep_for(account, snapshot, request.retention_in_days)
