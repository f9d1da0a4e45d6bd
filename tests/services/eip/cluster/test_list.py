"""Clusters, of which an account has those that a test gives it."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.eip.cluster.resource import EipCluster
from tests.cloud import Cloud


def new_cluster(cloud: Cloud, name: str) -> str:
    account = cloud.account
    zones = ("zone-A", "zone-C")
    return account.add(EipCluster(id=account.new_id(EipCluster), name=name, zones=zones, in_bps=4, out_pps=1)).id


def test_an_account_has_no_cluster_of_itself(cloud):
    assert cloud.ok("GET", "/v1/eipcluster")["clusterList"] == []
    cloud.refused(NoSuchObject, "GET", "/v1/eipcluster/c-nobody00")


def test_a_cluster_is_shown_with_its_zones_and_its_traffic(cloud):
    cluster_id = new_cluster(cloud, "mine")

    shown = {"clusterId": cluster_id, "clusterName": "mine", "clusterRegion": "bj", "clusterAz": "zone-A|zone-C"}
    assert cloud.ok("GET", "/v1/eipcluster")["clusterList"] == [shown]
    traffic = {"networkInBps": 4, "networkOutBps": 0, "networkInPps": 0, "networkOutPps": 1}
    assert cloud.ok("GET", f"/v1/eipcluster/{cluster_id}") == shown | traffic


def test_clusters_are_listed_in_pages(cloud):
    first, second = new_cluster(cloud, "first"), new_cluster(cloud, "second")

    page = cloud.ok("GET", "/v1/eipcluster?maxKeys=1")
    assert [each["clusterId"] for each in page["clusterList"]] == [second]
    rest = cloud.ok("GET", f"/v1/eipcluster?marker={page['nextMarker']}")["clusterList"]
    assert [each["clusterId"] for each in rest] == [first]
    cloud.refused(BadRequest, "GET", "/v1/eipcluster?marker=c-nobody00")
