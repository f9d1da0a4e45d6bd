"""EHC clusters, and the instances in them."""

from __future__ import annotations

import re
from typing import Any

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from tests.cloud import SPEC, Cloud

CLUSTER = "/v2/instance/ehc/cluster"
ORDER = {"name": "near", "zoneName": "cn-bj-a"}
NOWHERE = "ehc-nobody00"
EHC_SPEC = "ehc.lgn5.c128m1024.8a100.8re.4d"


def new_ehc_cluster(cloud: Cloud, **members: Any) -> str:
    made: str = cloud.ok("POST", f"{CLUSTER}/create", ORDER | members)["ehcClusterId"]
    return made


def listed(cloud: Cloud, **filters: Any) -> list[dict[str, Any]]:
    answer = cloud.ok("POST", f"{CLUSTER}/list", filters)
    assert answer["totalCount"] == len(answer["ehcClusters"])
    clusters: list[dict[str, Any]] = answer["ehcClusters"]
    return clusters


def test_they_are_made_listed_changed_and_deleted(cloud):
    first = new_ehc_cluster(cloud, description="of a test")
    cloud.clock.advance(60)
    second = new_ehc_cluster(cloud, name="far", zoneName="cn-bj-b")

    assert re.fullmatch(r"ehc-[A-Za-z0-9]{8}", first)
    cloud.ok("POST", f"{CLUSTER}/modify", {"ehcClusterId": second, "name": "away"})
    cloud.ok("POST", f"{CLUSTER}/modify", {"ehcClusterId": first, "name": "", "description": "another"})
    for filters, found in [
        ({"ehcClusterIdList": None}, [second, first]),
        ({"ehcClusterIdList": [first, NOWHERE]}, [first]),
        ({"nameList": ["away", "none"]}, [second]),
        ({"nameList": ["far"]}, []),
        ({"zoneName": "cn-bj-a"}, [first]),
        ({"zoneName": "cn-bj-a", "nameList": ["away"]}, []),
        ({"sortDir": "asc"}, [first, second]),
        ({"sortKey": "name", "sortDir": "asc"}, [second, first]),
        ({"sortKey": "zoneName"}, [first, second]),
        ({"sortKey": "createdTime", "sortDir": "desc"}, [second, first]),
        ({"sortKey": "ehcClusterId"}, sorted([first, second])),
    ]:
        assert [each["ehcClusterId"] for each in listed(cloud, **filters)] == found, filters
    assert listed(cloud)[1] == {
        "ehcClusterId": first,
        "name": "near",
        "description": "another",
        "zoneName": "cn-bj-a",
        "createdTime": "2026-01-01T00:00:00Z",
        "instanceIds": [],
        "reservedInstanceIds": [],
    }
    assert cloud.ok("POST", f"{CLUSTER}/delete", {"ehcClusterIdList": [first, second, first]}) == {}
    assert listed(cloud) == []


def test_one_with_instances_stays(cloud):
    used, free = new_ehc_cluster(cloud), new_ehc_cluster(cloud)
    instance = cloud.create(ehcClusterId=used)

    assert cloud.instance(instance)["ehcClusterId"] == used
    assert [each["instanceIds"] for each in listed(cloud)] == [[], [instance]]
    cloud.refused(OperationDenied, "POST", f"{CLUSTER}/delete", {"ehcClusterIdList": [free, used]})
    cloud.ok("DELETE", f"/v2/instance/{instance}")
    cloud.ok("POST", f"{CLUSTER}/delete", {"ehcClusterIdList": [free, used]})


def test_instances_of_their_specs_are_in_a_default_one_if_they_name_none(cloud):
    ordinary = cloud.create()
    first, second = cloud.create(spec=EHC_SPEC), cloud.create(spec=EHC_SPEC)
    elsewhere = cloud.create(spec=EHC_SPEC, zoneName="cn-bj-b")

    assert cloud.instance(ordinary)["ehcClusterId"] == ""
    there, here = listed(cloud)
    assert (here["name"], here["zoneName"], here["instanceIds"]) == ("default", "cn-bj-a", [first, second])
    assert (there["zoneName"], there["instanceIds"]) == ("cn-bj-b", [elsewhere])
    cloud.ok("DELETE", f"/v2/instance/{elsewhere}")
    cloud.refused(OperationDenied, "POST", f"{CLUSTER}/delete", {"ehcClusterIdList": [there["ehcClusterId"]]})


def test_stock_is_that_of_its_zone(cloud):
    cluster = new_ehc_cluster(cloud, zoneName="cn-bj-b")
    for call, body in [
        ("getStockWithSpec", {"spec": SPEC}),
        ("getStockWithDeploySet", {"spec": SPEC}),
        ("getAvailableStockWithSpec", {"specList": [SPEC]}),
    ]:
        target = f"/v2/instance/{call}"
        (row,) = cloud.ok("POST", target, body | {"ehcClusterId": cluster})["bccStocks"]
        assert row["logicalZone"] == "cn-bj-b"
        cloud.refused(NoSuchObject, "POST", target, body | {"ehcClusterId": NOWHERE})


def test_what_cannot_be_is_refused(cloud):
    made = new_ehc_cluster(cloud, zoneName="cn-bj-b")
    rename = {"ehcClusterId": made, "name": "renamed"}
    instance = {"spec": SPEC, "imageId": "m-z2UUQHH9"}
    for error, target, body in [
        (InappropriateJSON, f"{CLUSTER}/create", {"name": "near"}),
        (InappropriateJSON, f"{CLUSTER}/create", {"zoneName": "cn-bj-a"}),
        (BadRequest, f"{CLUSTER}/create", ORDER | {"name": "1st"}),
        (BadRequest, f"{CLUSTER}/create", ORDER | {"zoneName": ""}),
        (BadRequest, f"{CLUSTER}/create", ORDER | {"zoneName": "cn-gz-a"}),
        (NoSuchObject, f"{CLUSTER}/modify", {"ehcClusterId": NOWHERE}),
        (BadRequest, f"{CLUSTER}/modify", {"ehcClusterId": made, "name": "", "description": ""}),
        (BadRequest, f"{CLUSTER}/modify", rename | {"name": "1st"}),
        (BadRequest, f"{CLUSTER}/delete", {"ehcClusterIdList": []}),
        (NoSuchObject, f"{CLUSTER}/delete", {"ehcClusterIdList": [made, NOWHERE]}),
        (BadRequest, f"{CLUSTER}/list", {"sortKey": "size"}),
        (BadRequest, f"{CLUSTER}/list", {"sortDir": "up"}),
        (NoSuchObject, "/v2/instanceBySpec", instance | {"ehcClusterId": NOWHERE}),
        (BadRequest, "/v2/instanceBySpec", instance | {"ehcClusterId": made, "zoneName": "cn-bj-a"}),
    ]:
        cloud.refused(error, "POST", target, body)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", f"{CLUSTER}/create", ORDER)
