"""Show a snapshot, list them, and show the space they take."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.snapshot.lifecycle import AVAILABLE
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.shared.tags import TagView, show_tags


class GetSnapshotRequest(Model):
    """Which snapshot to show."""

    snapshot_id: str


class ListSnapshotsRequest(Model):
    """Of which volume, or of whose system disk, to list the snapshots."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    volume_id: str = ""


class SnapshotView(TypedDict):
    """A snapshot, alone or with an image that holds it."""

    id: str
    name: str
    desc: str
    sizeInGB: int
    createTime: str
    expireTime: str
    status: str
    progress: str
    createMethod: str
    volumeId: str
    package: bool
    templateId: str
    insnapId: str
    encrypted: bool
    tags: list[TagView]


class GetSnapshotResponse(TypedDict):
    """One snapshot."""

    snapshot: SnapshotView


class ListSnapshotsResponse(Page):
    """One page of the snapshots."""

    snapshots: list[SnapshotView]


class DescribeSnapshotsUsageResponse(TypedDict):
    """How many snapshots there are, and how many GB they take."""

    snapshotCount: int
    autoSnapshotCount: int
    manualSnapshotCount: int
    snapshotCapacity: int


@operation("GET /v2/snapshot/{snapshotId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Bjwvyo8dg-en")
def get_snapshot(account: AccountRegion, request: GetSnapshotRequest) -> GetSnapshotResponse:
    """Show one snapshot."""
    return {"snapshot": show_snapshot(account.get(Snapshot, request.snapshot_id))}


@operation("GET /v2/snapshot", doc="https://cloud.baidu.com/doc/BCC/s/Ujwvyo7qi-en")
def list_snapshots(account: AccountRegion, request: ListSnapshotsRequest) -> ListSnapshotsResponse:
    """List the snapshots, newest first."""
    return page(
        ListSnapshotsResponse,
        account,
        Snapshot,
        "snapshots",
        show_snapshot,
        request.marker,
        request.max_keys,
        lambda snapshot: request.volume_id in {"", snapshot.known_as},
    )


@operation("POST /v2/snapshot/describeSnapshotsUsage", basis="client")
def describe_snapshots_usage(account: AccountRegion) -> DescribeSnapshotsUsageResponse:
    """Show how many snapshots there are, and how many GB they take."""
    snapshots = list(account.all(Snapshot))
    automatic = sum(snapshot.is_automatic for snapshot in snapshots)
    return {
        "snapshotCount": len(snapshots),
        "autoSnapshotCount": automatic,
        "manualSnapshotCount": len(snapshots) - automatic,
        "snapshotCapacity": sum(snapshot.size_gb for snapshot in snapshots),
    }


def show_snapshot(snapshot: Snapshot) -> SnapshotView:
    """A snapshot by the API's member names."""
    return {
        "id": snapshot.id,
        "name": snapshot.name,
        "desc": snapshot.desc,
        "sizeInGB": snapshot.size_gb,
        "createTime": iso(snapshot.created),
        "expireTime": iso(snapshot.expires) if snapshot.expires is not None else "",
        "status": snapshot.status,
        "progress": "100" if snapshot.state == AVAILABLE else "0",
        "createMethod": "auto" if snapshot.is_automatic else "manual",
        "volumeId": snapshot.known_as,
        "package": False,
        "templateId": "",
        "insnapId": snapshot.instance_snapshot_id,
        "encrypted": bool(snapshot.encrypt_key),
        "tags": show_tags(snapshot.tags),
    }
