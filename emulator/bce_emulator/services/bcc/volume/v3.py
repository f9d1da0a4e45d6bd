"""The v3 calls that create and show volumes; known from the Go client only."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.bcc.v3_disks import CLOUD_DISKS, name_in_v3
from bce_emulator.services.bcc.volume.create import ERRORS, STORAGE_TYPE, VolumeOrder, check_order, make_volumes
from bce_emulator.services.bcc.volume.list import GetVolumeRequest, VolumeFilters, filter_of
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.tags import TagView, show_tags


class CreateCDSVolumeV3Request(VolumeOrder):
    """What to create, how many, and where."""

    name: Annotated[str, Field(alias="volumeName")] = ""
    cds_size_in_gb: Annotated[int, Field(alias="volumeSizeInGB")] = 0
    auto_snapshot_policy_id: str = ""


class ListCDSVolumeV3Request(VolumeFilters):
    """Which volumes to list."""


class GetCDSVolumeDetailV3Request(GetVolumeRequest):
    """Which volume to show."""


class VolumeAttachmentV3View(TypedDict):
    """Where a volume is attached, and since when."""

    instanceId: str
    device: str
    attachTime: str


class VolumeV3View(TypedDict):
    """A volume, as the third generation shows it."""

    volumeId: str
    volumeName: str
    volumeSizeInGB: int
    volumeStatus: str
    volumeType: str
    storageType: str
    createTime: str
    expireTime: str
    description: str
    paymentTiming: str
    enableAutoRenew: bool
    autoRenewTime: int
    zoneName: str
    sourceSnapshotId: str
    region: str
    snapshotCount: int
    autoSnapshotPolicyId: str
    encrypted: bool
    tags: list[TagView]
    volumeAttachments: list[VolumeAttachmentV3View]


class CreateCDSVolumeV3Response(TypedDict):
    """The ids of the volumes that are being created."""

    volumeIds: list[str]
    warningList: list[str]


class ListCDSVolumeV3Response(Page):
    """One page of the volumes."""

    volumes: list[VolumeV3View]


class GetCDSVolumeDetailV3Response(TypedDict):
    """One volume."""

    volume: VolumeV3View


@operation("POST /v3/volume", name="CreateCDSVolumeV3", errors=ERRORS, basis="client", looks_at_others=has_shares)
def create_cds_volume_v3(account: AccountRegion, request: CreateCDSVolumeV3Request) -> CreateCDSVolumeV3Response:
    """Create one or more volumes."""
    storage_type = CLOUD_DISKS.get(request.storage_type) if request.storage_type else STORAGE_TYPE
    if storage_type is None:
        raise BadRequest(not_offered("storageType", request.storage_type, CLOUD_DISKS))
    policy_id = request.auto_snapshot_policy_id
    policy = account.get(AutoSnapshotPolicy, policy_id) if policy_id else None
    plan = check_order(account, request, storage_type)
    volumes = make_volumes(account, request, plan, policy)
    for volume in volumes:
        account.change(volume, "create_to_attach" if volume.instance_id else "create")
    return {"volumeIds": [volume.id for volume in volumes], "warningList": []}


@operation("GET /v3/volume", name="ListCDSVolumeV3", basis="client")
def list_cds_volume_v3(account: AccountRegion, request: ListCDSVolumeV3Request) -> ListCDSVolumeV3Response:
    """List the volumes that fit all filters, newest first."""
    return page(
        ListCDSVolumeV3Response,
        account,
        Volume,
        "volumes",
        lambda volume: show_volume_v3(account, volume),
        request.marker,
        request.max_keys,
        filter_of(request),
    )


@operation("GET /v3/volume/{volumeId}", name="GetCDSVolumeDetailV3", errors=[NoSuchObject], basis="client")
def get_cds_volume_detail_v3(
    account: AccountRegion, request: GetCDSVolumeDetailV3Request
) -> GetCDSVolumeDetailV3Response:
    """Show one volume."""
    return {"volume": show_volume_v3(account, account.get(Volume, request.volume_id))}


def show_volume_v3(account: AccountRegion, volume: Volume) -> VolumeV3View:
    """A volume by the member names of the third generation."""
    return {
        "volumeId": volume.id,
        "volumeName": volume.name,
        "volumeSizeInGB": volume.size_gb,
        "volumeStatus": volume.status,
        "volumeType": "SYSTEM" if volume.type == SYSTEM else "DATA",
        "storageType": name_in_v3(volume.storage_type),
        "createTime": iso(volume.created),
        "expireTime": iso(volume.expires) if volume.expires is not None else "",
        "description": volume.desc,
        "paymentTiming": volume.payment,
        "enableAutoRenew": volume.auto_renew,
        "autoRenewTime": volume.auto_renew_months,
        "zoneName": volume.zone,
        "sourceSnapshotId": volume.snapshot_id,
        "region": account.region,
        "snapshotCount": len(account.where(Snapshot, "volume_id", volume.id)),
        "autoSnapshotPolicyId": volume.policy_id,
        "encrypted": bool(volume.encrypt_key),
        "tags": show_tags(volume.tags),
        "volumeAttachments": [
            {
                "instanceId": volume.instance_id,
                "device": volume.device,
                "attachTime": iso(volume.attached or volume.created),
            }
        ]
        if volume.instance_id
        else [],
    }
