"""Take a snapshot of an instance: of all its disks, or of some."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance_snapshot.errors import InstanceIdEmpty, NameEmpty
from bce_emulator.services.bcc.instance_snapshot.lifecycle import ERROR
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded, SnapshotNameInvalid
from bce_emulator.services.bcc.snapshot.lifecycle import FAILED
from bce_emulator.services.bcc.snapshot.make import FOR_EVER, Days, check_limit, check_volume, make_snapshot
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.resource import EPHEMERAL, SYSTEM, Volume
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of


class CreateInstanceSnapshotRequest(Model):
    """Which instance, and which of its disks; all that have snapshots if none is named."""

    client_token: ClientToken = ""
    instance_id: str = ""
    name: str = ""
    desc: str = ""
    volumes: tuple[str, ...] = ()
    retention_in_days: Days = FOR_EVER
    tags: tuple[TagModel, ...] = ()


class CreateInstanceSnapshotResponse(TypedDict):
    """The instance snapshot that is being made, and the snapshots in it."""

    inSnapshotId: str
    snapshotIds: list[str]


@operation(
    "POST /v2/snapshot/insnap/create",
    errors=[
        QualifyNotPass,
        InstanceIdEmpty,
        NameEmpty,
        NoSuchObject,
        SnapshotNameInvalid,
        OperationDenied,
        SnapshotLimitExceeded,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/dmt8n9fyq",
)
def create_instance_snapshot(
    account: AccountRegion, request: CreateInstanceSnapshotRequest
) -> CreateInstanceSnapshotResponse:
    """Take snapshots of the disks of an instance at one moment."""
    if not request.instance_id:
        raise InstanceIdEmpty
    if not request.name:
        raise NameEmpty
    instance = account.get(Instance, request.instance_id)
    volumes = _volumes(account, instance, request.volumes)
    require_real_name(account)
    if not is_name(request.name):
        raise SnapshotNameInvalid
    account.check(instance, "create_snapshot")
    for volume in volumes:
        check_volume(account, volume)
        check_limit(account, volume)
    group = account.add(
        InstanceSnapshot(id=account.new_id(InstanceSnapshot), name=request.name, instance_id=instance.id)
    )
    days, tags = request.retention_in_days or FOR_EVER, tags_of(request.tags)
    taken = [
        make_snapshot(account, volume, request.name, days, desc=request.desc, tags=tags, group_id=group.id)
        for volume in volumes
    ]
    if all(volume.type != SYSTEM for volume in volumes):
        account.change(instance, "create_snapshot")
    account.change(group, "create")
    return {"inSnapshotId": group.id, "snapshotIds": [snapshot.id for snapshot in taken]}


def _volumes(account: AccountRegion, instance: Instance, volume_ids: tuple[str, ...]) -> list[Volume]:
    disks = [each for each in account.where(Volume, "instance_id", instance.id) if each.type != EPHEMERAL]
    if not volume_ids:
        return disks
    named = [account.get(Volume, each) for each in dict.fromkeys(volume_ids)]
    if any(volume not in disks for volume in named):
        raise BadRequest("volumes are disks that are attached to the instance, and no local ones")
    return named


@when_done(InstanceSnapshot, "create")
def fail_with_a_snapshot(account: AccountRegion, group: InstanceSnapshot) -> None:
    """If a disk could not be taken, neither could the instance."""
    if any(each.state == FAILED for each in account.where(Snapshot, "instance_snapshot_id", group.id)):
        group.state = ERROR
