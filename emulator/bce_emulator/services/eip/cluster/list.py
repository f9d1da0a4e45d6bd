"""Show clusters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.eip.cluster.resource import EipCluster


class ListEipClusterRequest(Model):
    """Which page."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class GetEipClusterRequest(Model):
    """Which cluster to look at."""

    cluster_id: str


class EipClusterView(TypedDict):
    """A cluster; its zones are joined by ``|``."""

    clusterId: str
    clusterName: str
    clusterRegion: str
    clusterAz: str


class ListEipClusterResponse(Page):
    """One page of the clusters."""

    clusterList: list[EipClusterView]


class EipClusterDetailView(EipClusterView):
    """A cluster with its traffic."""

    networkInBps: int
    networkOutBps: int
    networkInPps: int
    networkOutPps: int


@operation("GET /v1/eipcluster", basis="client")
def list_eip_cluster(account: AccountRegion, request: ListEipClusterRequest) -> ListEipClusterResponse:
    """List the clusters, newest first."""

    def show(cluster: EipCluster) -> EipClusterView:
        return _show(account, cluster)

    return page(ListEipClusterResponse, account, EipCluster, "clusterList", show, request.marker, request.max_keys)


@operation("GET /v1/eipcluster/{clusterId}", errors=[NoSuchObject], basis="client")
def get_eip_cluster(account: AccountRegion, request: GetEipClusterRequest) -> EipClusterDetailView:
    """Show one cluster."""
    cluster = account.get(EipCluster, request.cluster_id)
    return {
        **_show(account, cluster),
        "networkInBps": cluster.in_bps,
        "networkOutBps": cluster.out_bps,
        "networkInPps": cluster.in_pps,
        "networkOutPps": cluster.out_pps,
    }


def _show(account: AccountRegion, cluster: EipCluster) -> EipClusterView:
    return {
        "clusterId": cluster.id,
        "clusterName": cluster.name,
        "clusterRegion": account.region,
        "clusterAz": "|".join(cluster.zones),
    }
