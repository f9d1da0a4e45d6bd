"""Exclusive clusters, which an account setting names."""

from __future__ import annotations

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InvalidParameter
from tests.services.blb.balancer.balancers import balancer, body, new_balancer

FOUR, SEVEN = "bgw_group-11111111", "nginx_group-22222222"


def test_there_are_those_of_the_account_setting(cloud):
    page = {"marker": "", "isTruncated": False, "maxKeys": 1000, "clusterList": []}
    assert cloud.ok("GET", "/v1/blbcluster") == page
    cloud.refused(NoSuchObject, "GET", f"/v1/blbcluster/{FOUR}")
    cloud.set_facts(**{"blb.exclusiveClusters": [FOUR, SEVEN]})

    for query, found, more in [
        ("", [FOUR, SEVEN], {}),
        (f"clusterId={SEVEN}", [SEVEN], {}),
        ("clusterName=bgw", [FOUR], {}),
        ("clusterName=bgw&exactlyMatch=true", [], {}),
        (f"clusterName={FOUR}&exactlyMatch=true", [FOUR], {}),
        ("maxKeys=1", [FOUR], {"isTruncated": True, "maxKeys": 1, "nextMarker": SEVEN}),
        (f"marker={SEVEN}", [SEVEN], {"marker": SEVEN}),
    ]:
        shown = cloud.ok("GET", f"/v1/blbcluster?{query}")
        assert [each["clusterId"] for each in shown["clusterList"]] == found, query
        assert shown == page | {"clusterList": shown["clusterList"]} | more
    one = {"clusterId": SEVEN, "clusterName": SEVEN, "clusterType": "7Layer"}
    one |= {"clusterRegion": "bj", "clusterAz": "cn-bj-a"}
    assert cloud.ok("GET", "/v1/blbcluster")["clusterList"][1] == one
    in_full = cloud.ok("GET", f"/v1/blbcluster/{SEVEN}")
    assert {name: value for name, value in in_full.items() if value != 0} == one
    assert in_full["networkInPps"] == 0
    cloud.refused(InvalidParameter, "GET", "/v1/blbcluster?maxKeys=0")
    cloud.refused(InvalidParameter, "GET", "/v1/blbcluster?marker=bgw_group-00000000")


def test_a_load_balancer_can_be_on_one(cloud):
    cloud.set_facts(**{"blb.exclusiveClusters": [FOUR, SEVEN]})

    shown = balancer(cloud, new_balancer(cloud, layer4ClusterId=FOUR, layer7ClusterId=SEVEN))

    assert (shown["layer4ClusterId"], shown["layer7ClusterId"]) == (FOUR, SEVEN)
    assert shown["layer4ClusterExclusive"]
    cloud.refused(InvalidParameter, "POST", "/v1/blb", body(cloud, layer4ClusterId=SEVEN))
