"""How a volume cluster is shown."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume_cluster.capacity import used_gb
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared.tags import TagView


class VolumeClusterView(TypedDict):
    """A cluster in a list; capacities are GB."""

    clusterId: str
    clusterName: str
    createdTime: str
    expiredTime: str
    status: str
    logicalZone: str
    productType: str
    clusterType: str
    totalCapacity: int
    usedCapacity: int
    availableCapacity: int
    expandingCapacity: int
    createdVolumeNum: int
    enableAutoRenew: bool
    renewTimeUnit: str
    renewTime: int


class ClusterWithVolumesView(VolumeClusterView):
    """The same with the volumes in it."""

    affiliatedCDSNumber: list[str]


class VolumeClusterInFullView(ClusterWithVolumesView):
    """A cluster alone."""

    tags: list[TagView]


def show_cluster(account: AccountRegion, cluster: VolumeCluster) -> VolumeClusterView:
    """A cluster by the API's member names; a zone such as ``cn-bj-b`` is called ``zoneB``."""
    used, months = used_gb(account, cluster), cluster.auto_renew_months
    unit, length = ("year", months // 12) if months >= 12 else ("month" if months else "", months)
    return {
        "clusterId": cluster.id,
        "clusterName": cluster.name,
        "createdTime": iso(cluster.created),
        "expiredTime": iso(cluster.expires),
        "status": cluster.status,
        "logicalZone": f"zone{cluster.zone[-1].upper()}",
        "productType": "prepay",
        "clusterType": cluster.storage_type,
        "totalCapacity": cluster.size_gb,
        "usedCapacity": used,
        "availableCapacity": max(0, cluster.size_gb - used),
        "expandingCapacity": max(0, cluster.next_size_gb - cluster.size_gb),
        "createdVolumeNum": len(account.where(Volume, "cluster_id", cluster.id)),
        "enableAutoRenew": months > 0,
        "renewTimeUnit": unit,
        "renewTime": length,
    }


def show_with_volumes(account: AccountRegion, cluster: VolumeCluster) -> ClusterWithVolumesView:
    """The same with the volumes in it."""
    volumes = account.where(Volume, "cluster_id", cluster.id)
    return {**show_cluster(account, cluster), "affiliatedCDSNumber": [volume.id for volume in volumes]}
