"""Exclusive clusters, which the cloud gives to accounts: no request makes one, and an account setting names them."""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.lbdc.resource import EXCLUSIVE, layers_of
from bce_emulator.services.shared.regions import zones


class DescribeLbClustersRequest(Model):
    """Filters are all to hold: the id, and the name in part or exactly."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    cluster_id: str = ""
    cluster_name: str = ""
    exactly_match: LenientBool = False


class DescribeLbClusterDetailRequest(Model):
    """Which cluster to look at."""

    cluster_id: str


class LbClusterView(TypedDict):
    """An exclusive cluster in a list; its name is its id."""

    clusterId: str
    clusterName: str
    clusterType: str
    clusterRegion: str
    clusterAz: str


class LbClusterInFullView(LbClusterView):
    """An exclusive cluster alone, with what goes through it, which is nothing."""

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
def describe_lb_clusters(account: AccountRegion, request: DescribeLbClustersRequest) -> DescribeLbClustersResponse:
    """List the exclusive clusters that fit all filters, in the order of the account setting."""
    if request.max_keys < 1:
        raise BadRequest("maxKeys must be at least 1")
    known: list[str] = account.setting(EXCLUSIVE)
    marker, most = request.marker, min(request.max_keys, MAX_KEYS)
    if marker and marker not in known:
        raise BadRequest("the marker names no exclusive cluster")
    matches: Callable[[str, str], bool] = str.__eq__ if request.exactly_match else str.__contains__
    found = [
        each
        for each in known[known.index(marker) if marker else 0 :]
        if request.cluster_id in {"", each} and (not request.cluster_name or matches(each, request.cluster_name))
    ]
    shown: DescribeLbClustersResponse = {
        "marker": marker,
        "isTruncated": len(found) > most,
        "maxKeys": most,
        "clusterList": [_show(account, each) for each in found[:most]],
    }
    return shown | {"nextMarker": found[most]} if shown["isTruncated"] else shown


@operation("GET /v1/blbcluster/{clusterId}", errors=[NoSuchObject], basis="client")
def describe_lb_cluster_detail(account: AccountRegion, request: DescribeLbClusterDetailRequest) -> LbClusterInFullView:
    """Look at one exclusive cluster."""
    if request.cluster_id not in account.setting(EXCLUSIVE):
        raise NoSuchObject(f"the setting {EXCLUSIVE.name} of this account does not name it")
    return {
        **_show(account, request.cluster_id),
        "totalConnectCount": 0,
        "newConnectCps": 0,
        "networkInBps": 0,
        "networkOutBps": 0,
        "networkInPps": 0,
        "networkOutPps": 0,
        "httpsQps": 0,
        "httpQps": 0,
        "httpNewConnectCps": 0,
        "httpsNewConnectCps": 0,
    }


def _show(account: AccountRegion, cluster_id: str) -> LbClusterView:
    return {
        "clusterId": cluster_id,
        "clusterName": cluster_id,
        "clusterType": layers_of(cluster_id),
        "clusterRegion": account.region,
        "clusterAz": zones(account.region)[0],
    }
