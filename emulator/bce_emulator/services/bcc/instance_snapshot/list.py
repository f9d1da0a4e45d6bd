"""List instance snapshots with the snapshots in them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import FIRST, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.instance_snapshot.errors import MaxKeysOutOfRange
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.snapshot.resource import Snapshot

DEFAULT_KEYS, MAX_ON_A_PAGE = 10, 100


class ListInstanceSnapshotRequest(Model):
    """Filters are all to hold; empty ones hold for every instance snapshot."""

    marker: str = FIRST
    max_keys: int = DEFAULT_KEYS
    instance_ids: tuple[str, ...] = ()
    instance_snapshot_ids: tuple[str, ...] = ()


class SnapshotInGroupView(TypedDict):
    """A snapshot of a group; clients say that three of its members are always null."""

    snapshotId: str
    snapshotName: str
    snapshotSizeInGiB: int
    snapshotStatus: str
    volumeId: str
    instanceSnapshotId: str
    creationMethod: str
    description: str
    createdTime: str
    expiredTime: str
    encrypted: bool
    imageId: str
    includeDataVolumes: None
    progress: None
    tags: None


class InstanceSnapshotView(TypedDict):
    """An instance snapshot."""

    instanceSnapshotId: str
    instanceSnapshotName: str
    instanceSnapshotSizeInGiB: int
    createdTime: str
    instanceSnapshotStatus: str
    instanceId: str
    snapshots: list[SnapshotInGroupView]


class ListInstanceSnapshotResponse(Page):
    """One page of instance snapshots."""

    instanceSnapshots: list[InstanceSnapshotView]


@operation(
    "POST /v2/snapshot/insnap/list", errors=[MaxKeysOutOfRange], doc="https://cloud.baidu.com/doc/BCC/s/imt8n4eu1"
)
def list_instance_snapshot(
    account: AccountRegion, request: ListInstanceSnapshotRequest
) -> ListInstanceSnapshotResponse:
    """List the instance snapshots that fit all filters, newest first."""
    if not 1 <= request.max_keys <= MAX_ON_A_PAGE:
        raise MaxKeysOutOfRange

    def fits(group: InstanceSnapshot) -> bool:
        return (not request.instance_ids or group.instance_id in request.instance_ids) and (
            not request.instance_snapshot_ids or group.id in request.instance_snapshot_ids
        )

    return page(
        ListInstanceSnapshotResponse,
        account,
        InstanceSnapshot,
        "instanceSnapshots",
        lambda group: _show(account, group),
        request.marker,
        request.max_keys,
        fits,
    )


def _show(account: AccountRegion, group: InstanceSnapshot) -> InstanceSnapshotView:
    snapshots = account.where(Snapshot, "instance_snapshot_id", group.id)
    return {
        "instanceSnapshotId": group.id,
        "instanceSnapshotName": group.name,
        "instanceSnapshotSizeInGiB": sum(each.size_gb for each in snapshots),
        "createdTime": iso(group.created),
        "instanceSnapshotStatus": group.status,
        "instanceId": group.instance_id,
        "snapshots": [_show_snapshot(each) for each in snapshots],
    }


def _show_snapshot(snapshot: Snapshot) -> SnapshotInGroupView:
    return {
        "snapshotId": snapshot.id,
        "snapshotName": snapshot.name,
        "snapshotSizeInGiB": snapshot.size_gb,
        "snapshotStatus": snapshot.status,
        "volumeId": snapshot.known_as,
        "instanceSnapshotId": snapshot.instance_snapshot_id,
        "creationMethod": "MANUAL",
        "description": snapshot.desc,
        "createdTime": iso(snapshot.created),
        "expiredTime": iso(snapshot.expires) if snapshot.expires is not None else "",
        "encrypted": bool(snapshot.encrypt_key),
        "imageId": "",
        "includeDataVolumes": None,
        "progress": None,
        "tags": None,
    }
