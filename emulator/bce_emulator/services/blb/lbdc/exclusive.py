"""Exclusive clusters, which accounts have had from their account manager: no account of the emulator has one."""

from __future__ import annotations

from typing_extensions import TypedDict

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page
from bce_emulator.engine.errors import BadRequest, NoSuchObject


class DescribeLbClustersRequest(Model):
    """Filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    cluster_id: str = ""
    cluster_name: str = ""
    exactly_match: LenientBool = False


class DescribeLbClusterDetailRequest(Model):
    """Which cluster to look at."""

    cluster_id: str


class LbClusterView(TypedDict):
    """An exclusive cluster in a list."""

    clusterId: str
    clusterName: str
    clusterType: str
    clusterRegion: str
    clusterAz: str


class LbClusterInFullView(LbClusterView):
    """An exclusive cluster alone, with what goes through it."""

    totalConnectCount: int
    newConnectCps: int
    networkInBps: int
    networkOutBps: int
    networkInPps: int
    networkOutPps: int
    httpsQps: int
    httpQps: int
    httpNewConnectCps: int
    httpsNewConnectCps: int


class DescribeLbClustersResponse(Page):
    """One page of exclusive clusters."""

    clusterList: list[LbClusterView]


@operation("GET /v1/blbcluster", basis="client")
def describe_lb_clusters(_account: AccountRegion, request: DescribeLbClustersRequest) -> DescribeLbClustersResponse:
    """List the exclusive clusters, of which there are none."""
    if request.max_keys < 1:
        raise BadRequest("maxKeys must be at least 1")
    if request.marker:
        raise BadRequest("the marker names no exclusive cluster")
    return {"marker": "", "isTruncated": False, "maxKeys": min(request.max_keys, MAX_KEYS), "clusterList": []}


@operation("GET /v1/blbcluster/{clusterId}", errors=[NoSuchObject], basis="client")
def describe_lb_cluster_detail(account: AccountRegion, request: DescribeLbClusterDetailRequest) -> LbClusterInFullView:
    """Look at one exclusive cluster, of which there are none."""
    raise NoSuchObject(f"account {account.name} has no exclusive cluster, so not {request.cluster_id[:64]}")
