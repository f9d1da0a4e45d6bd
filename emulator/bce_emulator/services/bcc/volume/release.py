"""Release volumes."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.snapshot.delete import delete_snapshots_of
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.bcc.volume.errors import DiskStatusCannotBeDeleted, SystemDiskCannotBeDeleted
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume

ERRORS = [NoSuchObject, SystemDiskCannotBeDeleted, DiskStatusCannotBeDeleted, OperationDenied]
Switch = Literal["on", "off"]


class ReleaseVolumeRequest(Model):
    """Which volume to release, and which of its snapshots with it."""

    client_token: ClientToken = ""
    volume_id: str
    auto_snapshot: Switch = "off"
    manual_snapshot: Switch = "off"
    recycle: Switch = "on"
    cds_attribute_active: bool = False


class DeleteCDSVolumeRequest(Model):
    """Which volume to release; its snapshots stay."""

    volume_id: str


class DeletePrepayVolumeRequest(Model):
    """Which prepaid volume to release."""

    volume_id: str
    related_release_flag: bool = False
    delete_immediate: bool = False


class VolumeIdsView(TypedDict):
    """Volumes by their ids."""

    volumeIds: list[str]


class DeletePrepayVolumeResponse(TypedDict):
    """What was released, and what was not."""

    successResources: VolumeIdsView
    failResources: VolumeIdsView


@operation(
    "POST /v2/volume/{volumeId}",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/Xjwvyo2vz",
    looks_at_others=has_shares,
)
def release_volume(account: AccountRegion, request: ReleaseVolumeRequest) -> None:
    """Release a volume, with or without its snapshots."""
    volume = account.get(Volume, request.volume_id)
    check_release(account, volume)
    by_attribute = request.cds_attribute_active and volume.delete_auto_snapshot
    delete_snapshots_of(
        account,
        volume.id,
        automatic=request.auto_snapshot == "on" or by_attribute,
        manual=request.manual_snapshot == "on",
    )
    account.change(volume, "release")


@operation(
    "DELETE /v2/volume/{volumeId}",
    name="DeleteCDSVolume",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/1jwvyo4xu",
)
def delete_cds_volume(account: AccountRegion, request: DeleteCDSVolumeRequest) -> None:
    """Release a volume and keep its snapshots."""
    volume = account.get(Volume, request.volume_id)
    check_release(account, volume)
    account.change(volume, "release")


@operation("POST /v2/volume/deletePrepay", errors=ERRORS, basis="client")
def delete_prepay_volume(account: AccountRegion, request: DeletePrepayVolumeRequest) -> DeletePrepayVolumeResponse:
    """Release a prepaid volume."""
    volume = account.get(Volume, request.volume_id)
    if volume.is_data and volume.payment != "Prepaid":
        raise BadRequest("the volume is postpaid")
    check_release(account, volume)
    account.change(volume, "release")
    return {"successResources": {"volumeIds": [volume.id]}, "failResources": {"volumeIds": []}}


def check_release(account: AccountRegion, volume: Volume) -> None:
    """Refuse to release a system disk, a volume in a status that does not allow it, or a protected one."""
    if volume.type == SYSTEM:
        raise SystemDiskCannotBeDeleted
    account.check(volume, "release")
    if volume.delete_protection:
        raise OperationDenied("the volume is protected against release")
