"""Volumes and snapshots for tests, made as a client makes them."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud

POSTPAID = {"paymentTiming": "Postpaid"}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
NOBODY = "v-nobody00"
TAG = {"tagKey": "env", "tagValue": "test"}


def new_volume(cloud: Cloud, **members: Any) -> str:
    """The id of a volume whose making is over."""
    body = {"cdsSizeInGB": 20, "billing": POSTPAID} | members
    volume_id: str = cloud.ok("POST", "/v2/volume", body)["volumeIds"][0]
    cloud.clock.advance(30)
    return volume_id


def attached_volume(cloud: Cloud, instance_id: str, **members: Any) -> str:
    """The id of a volume that the instance uses."""
    return new_volume(cloud, instanceId=instance_id, **members)


def volume(cloud: Cloud, volume_id: str) -> dict[str, Any]:
    """A volume as a client sees it."""
    rendered: dict[str, Any] = cloud.ok("GET", f"/v2/volume/{volume_id}")["volume"]
    return rendered


def volume_status(cloud: Cloud, volume_id: str) -> str:
    """The status of a volume as a client sees it."""
    return str(volume(cloud, volume_id)["status"])


def system_disk(cloud: Cloud, instance_id: str) -> str:
    """The id of the system disk of an instance."""
    listed = cloud.ok("GET", f"/v2/volume?instanceId={instance_id}&usageFilter=system")
    return str(listed["volumes"][0]["id"])


def new_snapshot(cloud: Cloud, of: str, **members: Any) -> str:
    """The id of a snapshot whose making is over; ``of`` is a volume, or an instance for its system disk."""
    body = {"volumeId": of, "snapshotName": "before"} | members
    snapshot_id: str = cloud.ok("POST", "/v2/snapshot", body)["snapshotId"]
    cloud.clock.advance(60)
    return snapshot_id


def snapshot(cloud: Cloud, snapshot_id: str) -> dict[str, Any]:
    """A snapshot as a client sees it."""
    rendered: dict[str, Any] = cloud.ok("GET", f"/v2/snapshot/{snapshot_id}")["snapshot"]
    return rendered


def new_volume_cluster(cloud: Cloud, **members: Any) -> str:
    """The id of a dedicated volume cluster that is in service."""
    body = {"clusterName": "own", "clusterSizeInGB": 87_040, "billing": PREPAID} | members
    cluster_id: str = cloud.ok("POST", "/v2/volume/cluster", body)["clusterIds"][0]
    cloud.clock.advance(60)
    return cluster_id
