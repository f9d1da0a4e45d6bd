"""The rows of EHC clusters, dedicated volume clusters and instance snapshots."""

from __future__ import annotations

from tests.services.reads_agree.row import SOMETHING, TAGS, Write

EHC = "POST /v2/instance/ehc/cluster"
NEAR = {"name": "near", "zoneName": "cn-bj-b", "description": "of a test"}
RENAMED = {"name": "renamed", "description": "another"}

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
)
