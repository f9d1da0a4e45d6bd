"""What the volumes in a cluster take of it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.volume.errors import DiskSizeInvalid
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster


def used_gb(account: AccountRegion, cluster: VolumeCluster) -> int:
    """The GB that volumes take, or will take when they have grown."""
    return sum(max(each.size_gb, each.next_size_gb) for each in account.where(Volume, "cluster_id", cluster.id))


def check_new_volumes(
    account: AccountRegion, cluster: VolumeCluster, zone: str, storage_type: str, size_gb: int
) -> None:
    """Refuse volumes that are of another zone or type than the cluster, or that it has no room for."""
    if zone != cluster.zone or storage_type != cluster.storage_type:
        raise BadRequest(f"the cluster has disks of the type {cluster.storage_type} in {cluster.zone}")
    check_room(account, cluster, size_gb)


def check_room(account: AccountRegion, cluster: VolumeCluster, more_gb: int) -> None:
    """Refuse more GB than are left in a cluster, and any in one that is not in service."""
    account.check(cluster, "carry")
    left = cluster.size_gb - used_gb(account, cluster)
    if more_gb > left:
        raise DiskSizeInvalid(f"{left} GB are left in {cluster.id}")
