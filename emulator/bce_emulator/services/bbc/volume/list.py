"""List the cloud disks of the account. None is attached to a server, whose disks are its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.cloud_disks import cloud_disks
from bce_emulator.services.shared.tags import TagView

SHOWN = (
    "id", "name", "desc", "type", "isSystemVolume", "storageType", "diskSizeInGB", "status", "paymentTiming",
    "createTime", "expireTime", "attachments", "zoneName", "regionId", "sourceSnapshotId", "snapshotNum", "tags",
    "encrypted",
)  # fmt: skip
SHOWN_OF_POLICY = (
    "id", "name", "status", "timePoints", "repeatWeekdays", "retentionDays", "createdTime", "updatedTime",
    "deletedTime", "lastExecuteTime", "volumeCount",
)  # fmt: skip


class ListCDSVolumeRequest(Model):
    """Which disks to list: on which instance, in which zone."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    zone_name: str = ""


class DiskAttachmentView(TypedDict):
    """Where a disk is attached."""

    volumeId: str
    instanceId: str
    device: str
    serial: str


class DiskPolicyView(TypedDict):
    """The automatic snapshot policy of a disk."""

    id: str
    name: str
    status: str
    timePoints: list[int]
    repeatWeekdays: list[int]
    retentionDays: int
    createdTime: str
    updatedTime: str
    deletedTime: str
    lastExecuteTime: str
    volumeCount: int


class CloudDiskView(TypedDict):
    """A cloud disk."""

    id: str
    name: str
    desc: str
    type: str
    isSystemVolume: bool
    storageType: str
    diskSizeInGB: int
    status: str
    paymentTiming: str
    createTime: str
    expireTime: str
    attachments: list[DiskAttachmentView]
    zoneName: str
    regionId: str
    sourceSnapshotId: str
    snapshotNum: str
    tags: list[TagView]
    encrypted: bool
    autoSnapshotPolicy: NotRequired[DiskPolicyView]


class ListCDSVolumeResponse(Page):
    """One page of the disks."""

    volumes: list[CloudDiskView]


@operation("GET /v1/volume", basis="client", name="ListCDSVolume")
def list_cds_volume(account: AccountRegion, request: ListCDSVolumeRequest) -> ListCDSVolumeResponse:
    """List the cloud disks that fit both filters, newest first."""
    disks = cloud_disks()

    def fits(disk: Any) -> bool:
        return request.instance_id in {"", disk.instance_id} and request.zone_name in {"", disk.zone}

    return page(
        ListCDSVolumeResponse,
        account,
        disks.kind,
        "volumes",
        lambda disk: _show(disks.show(account, disk)),
        request.marker,
        request.max_keys,
        fits,
    )


def _show(disk: Mapping[str, Any]) -> CloudDiskView:
    shown = {name: disk[name] for name in SHOWN}
    if policy := disk.get("autoSnapshotPolicy"):
        shown["autoSnapshotPolicy"] = {name: policy[name] for name in SHOWN_OF_POLICY}
    return cast("CloudDiskView", shown)
