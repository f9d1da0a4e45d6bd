"""Resize volumes or change their type, and show the progress."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.volume.errors import (
    DiskIdIsEmpty,
    DiskQuotaExceededByResize,
    DiskSizeInvalid,
    NoProgressToList,
)
from bce_emulator.services.bcc.volume.quota import check_quota
from bce_emulator.services.bcc.volume.resource import EPHEMERAL, Volume
from bce_emulator.services.bcc.volume_cluster.capacity import check_room
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared.offered import not_offered

LARGEST_GB = 32_765
NEARLY_DONE = 99


class ResizeVolumeRequest(Model):
    """Which volume to change, with a new size, a new type, or both."""

    client_token: ClientToken = ""
    volume_id: str
    new_cds_size_in_gb: Annotated[int, Field(alias="newCdsSizeInGB")] = 0
    new_extra_io: Annotated[int, Field(alias="newExtraIO")] = 0
    new_volume_type: str = ""


class GetVolumeResizeProgressRequest(Model):
    """Which volume is being resized."""

    volume_id: str


class ResizeVolumeResponse(TypedDict):
    """A warning about the resize, if there is one."""

    warningList: list[str]


class GetVolumeResizeProgressResponse(TypedDict):
    """How far the resize is, in percent."""

    progress: int


@operation(
    "PUT /v2/volume/{volumeId}?resize",
    errors=[NoSuchObject, DiskSizeInvalid, OperationDenied, DiskQuotaExceededByResize],
    empty_id=DiskIdIsEmpty,
    doc="https://cloud.baidu.com/doc/BCC/s/pjwvyo4aq",
)
def resize_volume(account: AccountRegion, request: ResizeVolumeRequest) -> ResizeVolumeResponse:
    """Make a volume larger, or change its type."""
    if not request.new_cds_size_in_gb and not request.new_volume_type:
        raise BadRequest("newCdsSizeInGB and newVolumeType are both empty")
    if request.new_volume_type and request.new_volume_type not in offerings.storage_types():
        raise BadRequest(not_offered("newVolumeType", request.new_volume_type, offerings.storage_types()))
    volume = account.get(Volume, request.volume_id)
    size = request.new_cds_size_in_gb or volume.size_gb
    storage_type = request.new_volume_type or volume.storage_type
    _check_size(volume, size, storage_type, grows=bool(request.new_cds_size_in_gb))
    if volume.type == EPHEMERAL:
        raise OperationDenied("a local disk keeps its size")
    account.check(volume, "resize")
    _check_cluster(account, volume, size, storage_type)
    if volume.is_data:
        check_quota(account, 0, size - volume.size_gb, DiskQuotaExceededByResize)
    account.change(volume, "resize")
    volume.next_size_gb, volume.next_storage_type = size, storage_type
    volume.next_extra_io = request.new_extra_io or volume.extra_io
    volume.resize_started = account.clock.now()
    return {"warningList": []}


def _check_cluster(account: AccountRegion, volume: Volume, size: int, storage_type: str) -> None:
    cluster = account.find(VolumeCluster, volume.cluster_id)
    if cluster is None:
        return
    if storage_type != volume.storage_type:
        raise OperationDenied("a volume in a cluster keeps the type of the cluster")
    check_room(account, cluster, size - volume.size_gb)


def _check_size(volume: Volume, size: int, storage_type: str, *, grows: bool) -> None:
    kind = offerings.storage_types().get(storage_type)
    least, most = (kind.min_gb, kind.max_gb) if kind and volume.is_data else (1, LARGEST_GB)
    if (grows and size <= volume.size_gb) or not least <= size <= most:
        raise DiskSizeInvalid(f"larger than {volume.size_gb}, {least} to {most} GB")


@operation(
    "GET /v2/volume/progress/{volumeId}",
    errors=[NoSuchObject, NoProgressToList],
    doc="https://cloud.baidu.com/doc/BCC/s/Omfq6bcl3",
)
def get_volume_resize_progress(
    account: AccountRegion, request: GetVolumeResizeProgressRequest
) -> GetVolumeResizeProgressResponse:
    """Show how far a resize is, in percent."""
    volume = account.get(Volume, request.volume_id)
    account.check(volume, "show_progress")
    done = volume.pending.due if volume.pending else account.clock.now()
    whole = done - volume.resize_started
    part = (account.clock.now() - volume.resize_started) / whole if whole > 0 else 1.0
    return {"progress": max(0, min(NEARLY_DONE, int(part * 100)))}


@when_done(Volume, "resize")
def take_new_size(_account: AccountRegion, volume: Volume) -> None:
    """End a resize: the volume has its new size and type."""
    volume.size_gb, volume.storage_type = volume.next_size_gb, volume.next_storage_type
    volume.extra_io = volume.next_extra_io
    volume.next_size_gb, volume.next_storage_type, volume.next_extra_io = 0, "", 0
