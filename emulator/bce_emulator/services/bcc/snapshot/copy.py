"""Copy snapshots to other regions."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.snapshot.errors import RemoteCopyDenied, SnapshotCannotCopy
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.regions import region_named, region_names


class Destination(Model):
    """A region, and the name of the copy there."""

    name: str
    dest_region: str


class RemoteCopySnapshotRequest(Model):
    """Which snapshot to copy, and where to."""

    client_token: ClientToken = ""
    snapshot_id: str
    dest_region_infos: tuple[Destination, ...]


class SnapshotCopyView(TypedDict):
    """A copy of a snapshot, and the region it is in."""

    region: str
    snapshotId: str


class RemoteCopySnapshotResponse(TypedDict):
    """The copies, in the order in which they were asked for."""

    result: list[SnapshotCopyView]


@operation(
    "PUT /v2/snapshot/remote_copy/{snapshotId}",
    "POST /v2/snapshot/remote_copy/{snapshotId}",
    errors=[NoSuchObject, SnapshotCannotCopy, RemoteCopyDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/cly3seipx",
)
def remote_copy_snapshot(account: AccountRegion, request: RemoteCopySnapshotRequest) -> RemoteCopySnapshotResponse:
    """Copy a snapshot to other regions."""
    snapshot = account.get(Snapshot, request.snapshot_id)
    if snapshot.encrypt_key:
        raise SnapshotCannotCopy
    account.check(snapshot, "copy")
    for destination in request.dest_region_infos:
        if region_named(destination.dest_region) in {None, account.region}:
            raise RemoteCopyDenied(f"destRegion is another one of {region_names()} than {account.region}")
        if not is_name(destination.name):
            raise RemoteCopyDenied(f"name is {NAME_RULE}")
    if not request.dest_region_infos:
        raise RemoteCopyDenied("destRegionInfos is empty")
    return {
        "result": [
            {"region": there.region, "snapshotId": _copy(there, snapshot, each.name)}
            for each in request.dest_region_infos
            for there in [account.in_region(each.dest_region.lower())]
        ]
    }


def _copy(there: AccountRegion, snapshot: Snapshot, name: str) -> str:
    copy = Snapshot(
        id=there.new_id(Snapshot),
        name=name,
        desc=snapshot.desc,
        volume_id=snapshot.volume_id,
        instance_id=snapshot.instance_id,
        os=snapshot.os,
        size_gb=snapshot.size_gb,
        is_system=snapshot.is_system,
    )
    there.change(there.add(copy), "create")
    return copy.id
