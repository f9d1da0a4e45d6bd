"""The rows of EHC clusters, dedicated volume clusters and instance snapshots."""

from __future__ import annotations

from tests.services.reads_agree.row import EXPIRES, MONTH, SOMETHING, TAGS, Write

EHC = "POST /v2/instance/ehc/cluster"
NEAR = {"name": "near", "zoneName": "cn-bj-b", "description": "of a test"}
RENAMED = {"name": "renamed", "description": "another"}
OWN = {"clusterName": "own", "tags": TAGS}
RENEWS = {"renewTimeUnit": "month", "renewTime": 2}

CLUSTERS = (
    Write(f"{EHC}/create", NEAR, "ehc_cluster", NEAR, "ehcClusterId"),
    Write(f"{EHC}/modify", RENAMED | {"ehcClusterId": "{ehc_cluster}"}, "ehc_cluster", RENAMED),
    Write(
        "POST /v2/snapshot/insnap/create",
        {"instanceId": "{instance}", "name": "whole"},
        "insnap",
        {"instanceId": "{instance}", "instanceSnapshotName": "whole", "instanceSnapshotStatus": "active"},
        "inSnapshotId",
    ),
    Write(
        "POST /v2/snapshot/insnap/create",
        {"instanceId": "{instance}", "name": "whole", "desc": "of a test", "retentionInDays": 3, "tags": TAGS},
        "snapshot",
        {
            "name snapshotName": "whole",
            "desc description": "of a test",
            "volumeId": "{instance}",
            "expireTime expiredTime": SOMETHING,
            "SnapshotView.tags": TAGS,
            "sizeInGB snapshotSizeInGiB": 40,
            "insnapId instanceSnapshotId": SOMETHING,
            "status snapshotStatus": "Available",
        },
        "snapshotIds.0",
    ),
    Write(
        "POST /v2/snapshot/insnap/rename",
        {"insnapIds": ["{insnap}"], "name": "renamed"},
        "insnap",
        {"instanceSnapshotName": "renamed"},
    ),
    Write(
        "POST /v2/volume/cluster",
        OWN
        | RENEWS
        | {
            "clusterSizeInGB": 97_280,
            "storageType": "ssd",
            "zoneName": "cn-bj-b",
            "billing": MONTH,
            "purchaseCount": 1,
        },
        "volume_cluster",
        OWN
        | RENEWS
        | {
            "totalCapacity": 97_280,
            "clusterType": "hp1",
            "logicalZone": "zoneB",
            "expiredTime": EXPIRES,
            "productType": "prepay",
            "enableAutoRenew": True,
            "status": "available",
        },
        "clusterIds.0",
    ),
    Write(
        "PUT /v2/volume/cluster/{volume_cluster}?resize",
        {"newClusterSizeInGB": 97_280},
        "volume_cluster",
        {"totalCapacity": 97_280, "availableCapacity": 97_280, "expandingCapacity": 0},
    ),
    Write(
        "PUT /v2/volume/cluster/{volume_cluster}?purchaseReserved",
        {"billing": MONTH},
        "volume_cluster",
        {"expiredTime": "2026-03-01T00:00:00Z"},
    ),
    Write(
        "POST /v2/volume/cluster/autoRenew",
        RENEWS | {"clusterId": "{volume_cluster}"},
        "volume_cluster",
        RENEWS | {"enableAutoRenew": True},
    ),
    Write(
        "POST /v2/volume/cluster/cancelAutoRenew",
        {"clusterId": "{renewed_volume_cluster}"},
        "renewed_volume_cluster",
        {"enableAutoRenew": False, "renewTimeUnit": "", "renewTime": 0},
    ),
    Write("PUT /v2/volume/cluster/{volume_cluster}/tag?bind", {"changeTags": TAGS}, "volume_cluster", {"tags": TAGS}),
    Write(
        "PUT /v2/volume/cluster/{tagged_volume_cluster}/tag?unbind",
        {"changeTags": TAGS},
        "tagged_volume_cluster",
        {"tags": []},
    ),
)
