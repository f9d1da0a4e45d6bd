"""Look at volume clusters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.bcc.volume_cluster.show import (
    VolumeClusterInFullView,
    VolumeClusterView,
    show_cluster,
    show_with_volumes,
)
from bce_emulator.services.shared.tags import show_tags


class GetVolumeClusterRequest(Model):
    """Which cluster to look at."""

    cluster_id: str


class ListVolumeClustersRequest(Model):
    """Filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    zone_name: str = ""
    cluster_name: str = ""


class ListVolumeClustersResponse(Page):
    """One page of clusters."""

    result: list[VolumeClusterView]


@operation(
    "GET /v2/volume/cluster/{clusterId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/mlc47m05x"
)
def get_volume_cluster(account: AccountRegion, request: GetVolumeClusterRequest) -> VolumeClusterInFullView:
    """Look at one cluster."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    return {**show_with_volumes(account, cluster), "tags": show_tags(cluster.tags)}


@operation("GET /v2/volume/cluster", doc="https://cloud.baidu.com/doc/BCC/s/3lc47my5l")
def list_volume_clusters(account: AccountRegion, request: ListVolumeClustersRequest) -> ListVolumeClustersResponse:
    """List the clusters that fit all filters, newest first."""

    def fits(cluster: VolumeCluster) -> bool:
        return request.zone_name in {"", cluster.zone} and request.cluster_name in {"", cluster.name}

    return page(
        ListVolumeClustersResponse,
        account,
        VolumeCluster,
        "result",
        lambda cluster: show_cluster(account, cluster),
        request.marker,
        request.max_keys,
        fits,
    )
