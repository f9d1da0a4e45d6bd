"""How a volume is shown. https://cloud.baidu.com/doc/BCC/s/Sjwvyo5be"""

from __future__ import annotations

from emulator.engine.accounts import Account
from emulator.engine.clock import iso
from emulator.engine.http import Json
from emulator.services.bcc.tags import show_tags
from emulator.services.bcc.volume.resource import Volume


def show_volume(account: Account, volume: Volume) -> Json:
    """A volume by the API's member names; ``snapshotNum`` is a string, as the Go client reads it."""
    return {
        "id": volume.id,
        "volumeId": volume.id,
        "name": volume.name,
        "desc": volume.desc,
        "type": volume.type,
        "isSystemVolume": volume.type == "System",
        "storageType": volume.storage_type,
        "diskSizeInGB": volume.size_gb,
        "status": volume.status,
        "paymentTiming": volume.payment,
        "createTime": iso(volume.created),
        "expireTime": iso(volume.expires) if volume.expires is not None else "",
        "attachments": [
            {
                "volumeId": volume.id,
                "instanceId": volume.instance_id,
                "device": volume.device,
                "serial": volume.serial_number,
            }
        ]
        if volume.instance_id
        else [],
        "zoneName": volume.zone,
        "regionId": account.region,
        "sourceSnapshotId": volume.snapshot_id,
        "snapshotNum": "0",
        "tags": show_tags(volume.tags),
        "resGroupInfos": [{"groupId": volume.resource_group_id, "groupName": ""}] if volume.resource_group_id else [],
        "enableAutoRenew": volume.auto_renew,
        "autoRenewTime": volume.auto_renew_months,
        "encrypted": bool(volume.encrypt_key),
        "encryptKey": volume.encrypt_key,
        "encryptKeySpec": "",
        "clusterId": volume.cluster_id,
        "productCategory": "BCC",
        "enableDeleteProtection": volume.delete_protection,
        "deleteWithInstance": volume.delete_with_instance,
        "deleteAutoSnapshot": volume.delete_auto_snapshot,
        "cdsExtraIo": volume.extra_io,
    }
