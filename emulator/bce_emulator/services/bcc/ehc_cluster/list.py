"""List EHC clusters and what is in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster

SORT_KEYS: dict[str, Callable[[EhcCluster], str | float]] = {
    "ehcClusterId": lambda cluster: cluster.id,
    "name": lambda cluster: cluster.name,
    "zoneName": lambda cluster: cluster.zone,
    "createdTime": lambda cluster: cluster.created,
}
"""What a list can be sorted by; which keys the cloud knows is not published."""


class EhcClusterListRequest(Model):
    """Filters are all to hold; empty ones hold for every cluster."""

    ehc_cluster_id_list: tuple[str, ...] = ()
    name_list: tuple[str, ...] = ()
    zone_name: str = ""
    sort_key: Literal["ehcClusterId", "name", "zoneName", "createdTime"] | None = None
    sort_dir: Literal["asc", "desc"] | None = None


class EhcClusterView(TypedDict):
    """A cluster with the instances and the reserved instances in it."""

    ehcClusterId: str
    name: str
    description: str
    zoneName: str
    createdTime: str
    instanceIds: list[str]
    reservedInstanceIds: list[str]


class EhcClusterListResponse(TypedDict):
    """All clusters that fit."""

    totalCount: int
    ehcClusters: list[EhcClusterView]


@operation("POST /v2/instance/ehc/cluster/list", doc="https://cloud.baidu.com/doc/BCC/s/Tm1osvyrx")
def ehc_cluster_list(account: AccountRegion, request: EhcClusterListRequest) -> EhcClusterListResponse:
    """List the EHC clusters that fit all filters, newest first or as they are to be sorted."""
    found = [
        cluster
        for cluster in account.collection(EhcCluster).newest_first()
        if (not request.ehc_cluster_id_list or cluster.id in request.ehc_cluster_id_list)
        and (not request.name_list or cluster.name in request.name_list)
        and request.zone_name in {"", cluster.zone}
    ]
    if request.sort_key:
        found.sort(key=SORT_KEYS[request.sort_key], reverse=request.sort_dir == "desc")
    elif request.sort_dir == "asc":
        found.reverse()
    return {"totalCount": len(found), "ehcClusters": [_show(account, cluster) for cluster in found]}


def _show(account: AccountRegion, cluster: EhcCluster) -> EhcClusterView:
    members = account.dependents(cluster)
    return {
        "ehcClusterId": cluster.id,
        "name": cluster.name,
        "description": cluster.desc,
        "zoneName": cluster.zone,
        "createdTime": iso(cluster.created),
        "instanceIds": [each.id for each in members if hasattr(each, "nic_id")],
        "reservedInstanceIds": [each.id for each in members if not hasattr(each, "nic_id")],
    }
