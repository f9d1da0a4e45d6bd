"""Dedicated volume clusters, and the volumes in them."""

from __future__ import annotations

import re
from typing import Any

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.volume.errors import DiskSizeInvalid
from bce_emulator.services.bcc.volume_cluster.errors import ClusterSizeInvalid, ResizeParamInvalid
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from tests.cloud import Cloud
from tests.disks import POSTPAID, PREPAID, TAG, new_volume, new_volume_cluster, volume

CLUSTERS = "/v2/volume/cluster"
NOWHERE = "DC-nobody00"
ORDER = {"clusterName": "own", "clusterSizeInGB": 87_040, "billing": PREPAID}
MONTH, WEEK = 31 * 86_400, 7 * 86_400
RENEWAL = {"billing": PREPAID}


def cluster(cloud: Cloud, cluster_id: str) -> dict[str, Any]:
    """A cluster as a client sees it."""
    return cloud.ok("GET", f"{CLUSTERS}/{cluster_id}")


def capacity(cloud: Cloud, cluster_id: str) -> tuple[int, int, int, int]:
    """What a cluster has in all, in use, left and coming."""
    seen = cluster(cloud, cluster_id)
    return tuple(seen[f"{part}Capacity"] for part in ("total", "used", "available", "expanding"))  # type: ignore[return-value]


def test_one_is_prepared_and_shown(cloud):
    (made,) = cloud.ok("POST", CLUSTERS, ORDER | {"tags": [TAG], "zoneName": "cn-bj-b", "storageType": "premium_ssd"})[
        "clusterIds"
    ]

    assert re.fullmatch(r"DC-[A-Za-z0-9]{8}", made)
    listed = {
        "clusterId": made,
        "clusterName": "own",
        "createdTime": "2026-01-01T00:00:00Z",
        "expiredTime": "2026-02-01T00:00:00Z",
        "status": "preparing",
        "logicalZone": "zoneB",
        "productType": "prepay",
        "clusterType": "cloud_hp1",
        "totalCapacity": 87_040,
        "usedCapacity": 0,
        "availableCapacity": 87_040,
        "expandingCapacity": 0,
        "createdVolumeNum": 0,
        "enableAutoRenew": False,
        "renewTimeUnit": "",
        "renewTime": 0,
    }
    assert cluster(cloud, made) == listed | {"affiliatedCDSNumber": [], "tags": [TAG]}
    assert cloud.ok("GET", CLUSTERS)["result"] == [listed]
    cloud.clock.advance(60)
    assert cluster(cloud, made)["status"] == "available"
    other = {"tagKey": "team", "tagValue": "red"}
    cloud.ok("PUT", f"{CLUSTERS}/{made}/tag?bind", {"changeTags": [other]})
    cloud.ok("PUT", f"{CLUSTERS}/{made}/tag?unbind", {"changeTags": [TAG]})
    assert cluster(cloud, made)["tags"] == [other]


def test_several_are_numbered_and_found_by_filters(cloud):
    bare = {"clusterSizeInGB": 97_280, "billing": PREPAID, "renewTime": 0}
    first, second = cloud.ok("POST", CLUSTERS, ORDER | {"purchaseCount": 2})["clusterIds"]
    (third,) = cloud.ok("POST", CLUSTERS, bare | {"zoneName": "cn-bj-b"})["clusterIds"]

    assert re.fullmatch(r"dbsc-[A-Za-z0-9]{8}", cluster(cloud, third)["clusterName"])
    assert cluster(cloud, third)["clusterType"] == "hp1"
    for query, found in [
        ("", [third, second, first]),
        ("clusterName=own-2", [second]),
        ("zoneName=cn-bj-a", [second, first]),
        ("zoneName=cn-bj-b&clusterName=own-1", []),
        ("maxKeys=1", [third]),
        (f"marker={first}", [first]),
    ]:
        assert [each["clusterId"] for each in cloud.ok("GET", f"{CLUSTERS}?{query}")["result"]] == found, query


def test_volumes_take_its_capacity(cloud):
    own = new_volume_cluster(cloud, zoneName="cn-bj-b")
    into = {"clusterId": own, "billing": POSTPAID}

    first = new_volume(cloud, **into, cdsSizeInGB=30_000)
    second = new_volume(cloud, **into, cdsSizeInGB=30_000, storageType="hp1", zoneName="cn-bj-b")

    seen = volume(cloud, first)
    assert (seen["clusterId"], seen["zoneName"], seen["storageType"]) == (own, "cn-bj-b", "hp1")
    assert capacity(cloud, own) == (87_040, 60_000, 27_040, 0)
    assert cluster(cloud, own)["affiliatedCDSNumber"] == [first, second]
    assert cluster(cloud, own)["createdVolumeNum"] == 2
    for call in ("/v2/volume", "/v2/volume/syncCreate"):
        for error, change in [
            (DiskSizeInvalid, {"cdsSizeInGB": 27_041}),
            (DiskSizeInvalid, {"cdsSizeInGB": 13_521, "purchaseCount": 2}),
            (BadRequest, {"cdsSizeInGB": 5, "zoneName": "cn-bj-a"}),
            (BadRequest, {"cdsSizeInGB": 50, "storageType": "cloud_hp1"}),
            (NoSuchObject, {"cdsSizeInGB": 5, "clusterId": NOWHERE}),
        ]:
            cloud.refused(error, "POST", call, into | change)
    resize = f"/v2/volume/{first}?resize"
    cloud.refused(OperationDenied, "PUT", resize, {"newVolumeType": "cloud_hp1"})
    cloud.ok("PUT", resize, {"newCdsSizeInGB": 32_000})
    cloud.refused(DiskSizeInvalid, "PUT", f"/v2/volume/{second}?resize", {"newCdsSizeInGB": 32_000 + 23_041})
    assert capacity(cloud, own) == (87_040, 62_000, 25_040, 0)
    cloud.clock.advance(60)
    cloud.refused(OperationDenied, "DELETE", f"{CLUSTERS}/{own}")
    for each in (first, second):
        cloud.ok("DELETE", f"/v2/volume/{each}")
    cloud.clock.advance(10)
    shown = cluster(cloud, own)
    del shown["tags"]
    assert cloud.ok("DELETE", f"{CLUSTERS}/{own}") == shown
    cloud.refused(NoSuchObject, "GET", f"{CLUSTERS}/{own}")


def test_a_volume_grows_only_into_what_is_left(cloud):
    own = new_volume_cluster(cloud)
    small, *_ = [new_volume(cloud, clusterId=own, cdsSizeInGB=size) for size in (25_000, 31_000, 31_000)]

    cloud.refused(DiskSizeInvalid, "PUT", f"/v2/volume/{small}?resize", {"newCdsSizeInGB": 25_041})
    cloud.ok("PUT", f"/v2/volume/{small}?resize", {"newCdsSizeInGB": 25_040})


def test_it_grows(cloud):
    own = new_volume_cluster(cloud)
    target = f"{CLUSTERS}/{own}?resize"
    for size in (87_040, 1_039_361, 0):
        cloud.refused(ClusterSizeInvalid, "PUT", target, {"newClusterSizeInGB": size})

    order = cloud.ok("PUT", target, {"newClusterSizeInGB": 97_280})

    assert re.fullmatch(r"[0-9a-f]{32}", order["orderId"])
    assert (cluster(cloud, own)["status"], capacity(cloud, own)) == ("expanding", (87_040, 0, 87_040, 10_240))
    new_volume(cloud, clusterId=own)
    cloud.refused(OperationDenied, "PUT", target, {"newClusterSizeInGB": 107_520})
    cloud.refused(OperationDenied, "DELETE", f"{CLUSTERS}/{own}")
    cloud.clock.advance(60)
    assert (cluster(cloud, own)["status"], capacity(cloud, own)) == ("available", (97_280, 20, 97_260, 0))


def test_it_expires_is_kept_for_a_while_and_gone_unless_it_is_renewed(cloud):
    ends, comes_back, renews, no_longer = (new_volume_cluster(cloud, clusterName=f"n{each}") for each in range(4))
    on_it = new_volume(cloud, clusterId=ends)
    asked = {"clusterId": renews, "renewTimeUnit": "year", "renewTime": 1}
    cloud.ok("POST", f"{CLUSTERS}/autoRenew", asked)
    cloud.ok("POST", f"{CLUSTERS}/autoRenew", asked | {"clusterId": no_longer, "renewTimeUnit": "month"})
    seen = cluster(cloud, renews)
    assert (seen["enableAutoRenew"], seen["renewTimeUnit"], seen["renewTime"]) == (True, "year", 1)
    assert cluster(cloud, no_longer)["renewTimeUnit"] == "month"
    cloud.ok("POST", f"{CLUSTERS}/cancelAutoRenew", {"clusterId": no_longer})
    assert cluster(cloud, no_longer)["enableAutoRenew"] is False

    cloud.clock.advance(MONTH)

    assert cluster(cloud, renews)["expiredTime"].startswith("2027-02-01")
    assert {cluster(cloud, each)["status"] for each in (ends, comes_back, no_longer)} == {"expired"}
    cloud.refused(OperationDenied, "POST", "/v2/volume", {"cdsSizeInGB": 5, "clusterId": ends})
    cloud.refused(OperationDenied, "PUT", f"/v2/volume/{on_it}?resize", {"newCdsSizeInGB": 30})
    cloud.refused(OperationDenied, "PUT", f"{CLUSTERS}/{ends}?resize", {"newClusterSizeInGB": 97_280})
    cloud.refused(OperationDenied, "POST", f"{CLUSTERS}/autoRenew", asked | {"clusterId": ends})
    cloud.ok("DELETE", f"{CLUSTERS}/{no_longer}")
    cloud.ok("PUT", f"{CLUSTERS}/{comes_back}?purchaseReserved", RENEWAL)
    assert cluster(cloud, comes_back)["status"] == "available"
    cloud.clock.advance(WEEK)
    cloud.refused(NoSuchObject, "GET", f"{CLUSTERS}/{ends}")
    assert volume(cloud, on_it)["clusterId"] == ""
    assert cluster(cloud, comes_back)["status"] == "available"


def test_what_cannot_be_is_refused(cloud):
    own = new_volume_cluster(cloud)
    nine = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}
    for error, change in [
        (InappropriateJSON, {"clusterSizeInGB": None}),
        (BadRequest, {"clusterSizeInGB": 87_039}),
        (BadRequest, {"clusterSizeInGB": 87_041}),
        (BadRequest, {"clusterSizeInGB": 1_049_600}),
        (BadRequest, {"clusterName": "1st"}),
        (BadRequest, {"storageType": "hdd"}),
        (BadRequest, {"zoneName": "cn-gz-a"}),
        (BadRequest, {"purchaseCount": 0}),
        (BadRequest, {"purchaseCount": 101}),
        (InappropriateJSON, {"billing": None}),
        (BadRequest, {"billing": POSTPAID}),
        (BadRequest, {"billing": nine}),
        (BadRequest, {"renewTime": 10, "renewTimeUnit": "month"}),
    ]:
        cloud.refused(error, "POST", CLUSTERS, ORDER | change)
    term = {"renewTimeUnit": "month", "renewTime": 1}
    for error, method, key, body in [
        (NoSuchObject, "GET", f"/{NOWHERE}", None),
        (NoSuchObject, "DELETE", f"/{NOWHERE}", None),
        (ResizeParamInvalid, "PUT", f"/{NOWHERE}?resize", {"newClusterSizeInGB": 0}),
        (NoSuchObject, "PUT", f"/{NOWHERE}?purchaseReserved", {"billing": nine}),
        (BadRequest, "PUT", f"/{own}?purchaseReserved", {"billing": nine}),
        (BadRequest, "PUT", f"/{own}?purchaseReserved", {"billing": POSTPAID}),
        (NoSuchObject, "POST", "/autoRenew", {"clusterId": NOWHERE, "renewTimeUnit": "day", "renewTime": 1}),
        (BadRequest, "POST", "/autoRenew", term | {"clusterId": own, "renewTimeUnit": "day"}),
        (NoSuchObject, "POST", "/cancelAutoRenew", {"clusterId": NOWHERE}),
        (NoSuchObject, "PUT", f"/{NOWHERE}/tag?bind", {"changeTags": [TAG]}),
        (NoSuchObject, "PUT", f"/{NOWHERE}/tag?unbind", {"changeTags": [TAG]}),
        (BadRequest, "GET", "?maxKeys=0", None),
    ]:
        cloud.refused(error, method, f"{CLUSTERS}{key}", body)
    cloud.account.get(VolumeCluster, own).state = "preparing"
    cloud.refused(OperationDenied, "POST", "/v2/volume", {"cdsSizeInGB": 5, "clusterId": own})
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", CLUSTERS, ORDER)
