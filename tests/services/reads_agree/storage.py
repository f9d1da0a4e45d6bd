"""The rows of volumes, snapshots and their policies."""

from __future__ import annotations

from tests.services.reads_agree.row import (
    DESC,
    MONTH,
    NAME,
    POLICY,
    POSTPAID,
    SHOWN_VOLUME,
    SIZE,
    SOMETHING,
    SOURCE,
    TAGS,
    VOLUME,
    Write,
)

STORAGE_WRITES = (
    # volumes
    Write("POST /v2/volume", VOLUME, "volume", SHOWN_VOLUME, "volumeIds.0"),
    Write("POST /v2/volume/syncCreate", VOLUME, "volume", SHOWN_VOLUME, "volumeIds.0"),
    Write(
        "POST /v3/volume",
        {
            "volumeName": "made",
            "description": "of a test",
            "volumeSizeInGB": 60,
            "storageType": "Cloud_SSD_General",
            "snapshotId": "{snapshot}",
            "zoneName": "cn-bj-a",
            "encryptKey": "key-1",
            "autoSnapshotPolicyId": "{policy}",
            "billing": POSTPAID,
        },
        "volume",
        {
            NAME: "made",
            DESC: "of a test",
            SIZE: 60,
            POLICY: "{policy}",
            "encrypted": True,
            "encryptKey": "key-1",
            SOURCE: "{snapshot}",
            "VolumeV3View.storageType": "Cloud_SSD_General",
            "zoneName": "cn-bj-a",
        },
        "volumeIds.0",
    ),
    Write(
        "POST /v2/volume",
        VOLUME
        | {
            "billing": MONTH,
            "renewTimeUnit": "month",
            "renewTime": 2,
            "instanceId": "{prepaid}",
            "deleteWithInstance": False,
        },
        "volume",
        {"enableAutoRenew": True, "autoRenewTime": 2, "paymentTiming": "Prepaid", "expireTime": SOMETHING},
        "volumeIds.0",
    ),
    Write("PUT /v2/volume/{volume}?rename", {"name": "renamed"}, "volume", {NAME: "renamed"}),
    Write(
        "PUT /v2/volume/{disk}?modify",
        {"cdsName": "renamed", "desc": "another", "deleteWithInstance": True, "deleteAutoSnapshot": True},
        "disk",
        {NAME: "renamed", DESC: "another", "deleteWithInstance": True, "deleteAutoSnapshot": True},
    ),
    Write("PUT /v2/volume/{volume}/tag?bind", {"changeTags": TAGS}, "volume", {"tags": TAGS}),
    Write("PUT /v2/volume/{tagged_volume}/tag?unbind", {"changeTags": TAGS}, "tagged_volume", {"tags": []}),
    Write(
        "POST /v2/volume/modify/deleteProtection",
        {"volumeIds": ["{volume}"], "enableDeleteProtection": True},
        "volume",
        {"enableDeleteProtection": True},
    ),
    Write("PUT /v2/volume/{disk}?resize", {"newCdsSizeInGB": 100}, "disk", {SIZE: 100}),
    Write(
        "PUT /v2/volume/{volume}?attach",
        {"instanceId": "{instance}", "deleteWithInstance": True, "deleteAutoSnapshot": True},
        "volume",
        {
            "attachments.0.instanceId volumeAttachments.0.instanceId": "{instance}",
            "deleteWithInstance": True,
            "deleteAutoSnapshot": True,
        },
    ),
    Write("PUT /v2/volume/{disk}?detach", {"instanceId": "{instance}"}, "disk", {"attachments volumeAttachments": []}),
    Write(
        "PUT /v2/volume/{bought}?modifyChargeType",
        {"billing": MONTH},
        "bought",
        {"paymentTiming": "Prepaid", "expireTime": SOMETHING},
    ),
    Write(
        "PUT /v2/volume/{prepaid_disk}?purchaseReserved",
        {"billing": MONTH},
        "prepaid_disk",
        {"expireTime": "2026-03-01T00:00:00Z"},
    ),
    Write(
        "POST /v2/volume/autoRenew",
        {"volumeId": "{prepaid_disk}", "renewTimeUnit": "month", "renewTime": 3},
        "prepaid_disk",
        {"enableAutoRenew": True, "autoRenewTime": 3},
    ),
    Write(
        "POST /v2/volume/cancelAutoRenew",
        {"volumeId": "{renewed_disk}"},
        "renewed_disk",
        {"enableAutoRenew": False, "autoRenewTime": 0},
    ),
    # snapshots and their policies
    Write(
        "POST /v2/snapshot",
        {"volumeId": "{disk}", "snapshotName": "made", "desc": "of a test", "tags": TAGS, "retentionInDays": 7},
        "snapshot",
        {"name snapshotName": "made", "desc": "of a test", "volumeId": "{disk}", "tags": TAGS, "expireTime": SOMETHING},
        "snapshotId",
    ),
    Write(
        "POST /v2/snapshot", {"volumeId": "{disk}", "snapshotName": "made"}, "disk", {"snapshotNum snapshotCount": 1}
    ),
    Write("DELETE /v2/snapshot/{snapshot}", {}, "disk", {"snapshotNum snapshotCount": 0}),
    Write(
        "PUT /v2/snapshot/{snapshot}?modifyAttribute",
        {"snapshotName": "renamed", "desc": "another", "retentionInDays": 7},
        "snapshot",
        {"name snapshotName": "renamed", "desc": "another", "expireTime": SOMETHING},
    ),
    Write(
        "PUT /v2/snapshot/chain/{chain}/tag?bind", {"changeTags": TAGS, "relationTag": True}, "snapshot", {"tags": TAGS}
    ),
    Write(
        "POST /v2/asp",
        {"name": "made", "timePoints": [3, 1], "repeatWeekdays": [5, 2], "retentionDays": 7},
        "policy",
        {"name": "made", "timePoints": [1, 3], "repeatWeekdays": [2, 5], "retentionDays": 7, "volumeCount": 0},
        "aspId",
    ),
    Write(
        "PUT /v2/asp/update",
        {"aspId": "{policy}", "name": "renamed", "timePoints": [4], "repeatWeekdays": [6], "retentionDays": 9},
        "policy",
        {"name": "renamed", "timePoints": [4], "repeatWeekdays": [6], "retentionDays": 9},
    ),
    Write(
        "PUT /v2/asp/{policy}?attach",
        {"volumeIds": ["{disk}"], "deleteAutoSnapshot": True},
        "disk",
        {POLICY: "{policy}", "deleteAutoSnapshot": True},
    ),
    Write("PUT /v2/asp/{policy}?attach", {"volumeIds": ["{disk}"]}, "policy", {"volumeCount": 1}),
    Write("PUT /v2/asp/{policy}?detach", {"volumeIds": ["{guarded}"]}, "guarded", {"autoSnapshotPolicyInfos": []}),
    Write("PUT /v2/asp/{policy}?detach", {"volumeIds": ["{guarded}"]}, "policy", {"volumeCount": 0}),
    Write("POST /v2/snapshot", {"volumeId": "{disk}", "snapshotName": "second"}, "chain", {"manualSnapCount": 2}),
    Write("PUT /v2/volume/{disk}?resize", {"newCdsSizeInGB": 100}, "chain", {"volumeSize": 100}),
)
