"""How a volume is shown. https://cloud.baidu.com/doc/BCC/s/Sjwvyo5be"""

from __future__ import annotations

from typing import NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.auto_snapshot_policy.show import PolicyView, show_policy
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.lifecycle import SCALING
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.shared.tags import TagView, show_tags


class AttachmentView(TypedDict):
    """Where a volume is attached."""

    volumeId: str
    instanceId: str
    device: str
    serial: str


class MultiAttachmentView(TypedDict):
    """One of several instances that a volume is attached to; no volume here has any."""

    volumeId: str
    instanceId: str
    serial: str
    status: str


class ResourceGroupView(TypedDict):
    """A resource group that a volume is in."""

    groupId: str
    groupName: str


class VolumeView(TypedDict):
    """A volume, as every call of the second generation shows it."""

    id: str
    volumeId: str
    name: str
    desc: str
    description: str
    type: str
    isSystemVolume: bool
    storageType: str
    diskCategory: str
    diskSizeInGB: int
    ebcDiskSize: int
    status: str
    extendStatus: str
    failureStatus: str
    paymentTiming: str
    createTime: str
    expireTime: str
    releaseTime: str
    attachments: list[AttachmentView]
    multiAttach: bool
    multiAttachInfos: list[MultiAttachmentView]
    zoneName: str
    regionId: str
    sourceSnapshotId: str
    shareSnapshotId: str
    snapshotNum: str
    autoSnapshotPolicyInfos: list[PolicyView]
    tags: list[TagView]
    resGroupInfos: list[ResourceGroupView]
    enableAutoRenew: bool
    autoRenewTime: int
    encrypted: bool
    encryptKey: str
    encryptKeySpec: str
    clusterId: str
    roleName: str
    createdFrom: str
    productCategory: str
    enableDeleteProtection: bool
    deleteWithInstance: bool
    deleteAutoSnapshot: bool
    cdsExtraIo: int
    autoSnapshotPolicy: NotRequired[PolicyView]


def show_volume(account: AccountRegion, volume: Volume) -> VolumeView:
    """A volume by the API's member names; ``snapshotNum`` is a string, as the Go client reads it.

    Without a policy there is no ``autoSnapshotPolicy``: clients read an object or nothing.
    """
    policy = account.find(AutoSnapshotPolicy, volume.policy_id)
    policies = [show_policy(account, policy)] if policy else []
    response: VolumeView = {
        "id": volume.id,
        "volumeId": volume.id,
        "name": volume.name,
        "desc": volume.desc,
        "description": volume.desc,
        "type": volume.type,
        "isSystemVolume": volume.type == SYSTEM,
        "storageType": volume.storage_type,
        "diskCategory": "",
        "diskSizeInGB": volume.size_gb,
        "ebcDiskSize": 0,
        "status": volume.status,
        "extendStatus": "Extending" if volume.state == SCALING else "",
        "failureStatus": "",
        "paymentTiming": volume.payment,
        "createTime": iso(volume.created),
        "expireTime": iso(volume.expires) if volume.expires is not None else "",
        "releaseTime": "",
        "attachments": [show_attachment(volume)] if volume.instance_id else [],
        "multiAttach": False,
        "multiAttachInfos": [],
        "zoneName": volume.zone,
        "regionId": account.region,
        "sourceSnapshotId": volume.snapshot_id,
        "shareSnapshotId": volume.share_snapshot_id,
        "snapshotNum": str(len(account.where(Snapshot, "volume_id", volume.id))),
        "autoSnapshotPolicyInfos": policies,
        "tags": show_tags(volume.tags),
        "resGroupInfos": [{"groupId": volume.resource_group_id, "groupName": ""}] if volume.resource_group_id else [],
        "enableAutoRenew": volume.auto_renew,
        "autoRenewTime": volume.auto_renew_months,
        "encrypted": bool(volume.encrypt_key),
        "encryptKey": volume.encrypt_key,
        "encryptKeySpec": "",
        "clusterId": volume.cluster_id,
        "roleName": "",
        "createdFrom": "",
        "productCategory": product_of(account, volume),
        "enableDeleteProtection": volume.delete_protection,
        "deleteWithInstance": volume.delete_with_instance,
        "deleteAutoSnapshot": volume.delete_auto_snapshot,
        "cdsExtraIo": volume.extra_io,
    }
    if policies:
        response["autoSnapshotPolicy"] = policies[0]
    return response


def product_of(account: AccountRegion, volume: Volume) -> str:
    """The product of what a volume is on: of BCC, unless that is an instance of HPAS."""
    return "BCC" if not volume.instance_id or account.find(Instance, volume.instance_id) else "HPAS"


def show_attachment(volume: Volume) -> AttachmentView:
    """Where a volume is attached."""
    return {
        "volumeId": volume.id,
        "instanceId": volume.instance_id,
        "device": volume.device,
        "serial": volume.serial_number,
    }
