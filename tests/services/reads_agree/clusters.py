"""The rows of EHC clusters, dedicated volume clusters and instance snapshots."""

from __future__ import annotations

from tests.services.reads_agree.row import Write

EHC = "POST /v2/instance/ehc/cluster"
NEAR = {"name": "near", "zoneName": "cn-bj-b", "description": "of a test"}
RENAMED = {"name": "renamed", "description": "another"}

CLUSTERS = (
    Write(f"{EHC}/create", NEAR, "ehc_cluster", NEAR, "ehcClusterId"),
    Write(f"{EHC}/modify", RENAMED | {"ehcClusterId": "{ehc_cluster}"}, "ehc_cluster", RENAMED),
)
