"""Dedicated clusters, and the load balancers on them."""

from __future__ import annotations

import re
from typing import Any

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import (
    InvalidParameter,
    MissingParameter,
    RealNameAuthenticationRequired,
    ServiceBlocked,
)
from tests.cloud import Cloud
from tests.services.blb.balancer.balancers import FAMILIES, MONTH, PREPAID, balancer, body, ipv6_network, new_balancer
from tests.services.eip.eip.addresses import new_eip

ORDER = {"name": "four", "type": "4Layer", "ccuCount": 1, "billing": PREPAID}
NOWHERE = "/v1/lbdc/bgw_group-00000000"
WEEK = 7 * 86_400


def new_cluster(cloud: Cloud, **members: Any) -> str:
    made: str = cloud.ok("POST", "/v1/lbdc", ORDER | members)["id"]
    return made


def test_a_new_one_is_available_and_can_be_renamed_and_grow(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    made = cloud.ok("POST", "/v1/lbdc", ORDER | {"desc": "of a test", "tags": tags})
    seven = new_cluster(cloud, name="seven", type="7Layer")

    assert re.fullmatch(r"bgw_group-[0-9a-f]{8}", made["id"])
    assert re.fullmatch(r"nginx_group-[0-9a-f]{8}", seven)
    assert made == {"id": made["id"], "name": "four", "type": "4Layer", "desc": "of a test"}
    target = f"/v1/lbdc/{made['id']}"
    cloud.ok("PUT", target, {"name": "renamed"})
    cloud.ok("PUT", target, {"desc": ""})
    cloud.ok("PUT", f"{target}?resize", {"ccuCount": 3})
    shown = {
        "id": made["id"],
        "name": "renamed",
        "type": "4Layer",
        "status": "available",
        "ccuCount": 3,
        "createTime": "2026-01-01T00:00:00Z",
        "expireTime": "2026-02-01T00:00:00Z",
    }
    in_full = cloud.ok("GET", target)
    assert {name: value for name, value in in_full.items() if value != 0} == shown | {"tags": tags}
    assert in_full["totalConnectCount"] == in_full["sslNewConnectCps"] == 0
    for query, found in [
        ("", [seven, made["id"]]),
        (f"id={made['id']}", [made["id"]]),
        ("name=seven", [seven]),
        (f"id={seven}&name=renamed", []),
        ("maxKeys=1", [seven]),
        (f"marker={made['id']}", [made["id"]]),
    ]:
        assert [each["id"] for each in cloud.ok("GET", f"/v1/lbdc?{query}")["clusterList"]] == found, query
    assert cloud.ok("GET", "/v1/lbdc?name=renamed")["clusterList"] == [shown | {"desc": ""}]


def test_it_shows_the_load_balancers_on_it(cloud):
    four, seven = new_cluster(cloud), new_cluster(cloud, type="7Layer")
    address = new_eip(cloud, bandwidthInMbps=20)
    app = new_balancer(cloud, "appblb", name="app", layer4ClusterId=four, layer7ClusterId=seven, eip=address)
    both = new_balancer(cloud, layer4ClusterId=four, allocateIpv6=True, **ipv6_network(cloud))
    new_balancer(cloud)

    first, second = cloud.ok("GET", f"/v1/lbdc/{four}/blb")["blbList"]

    seen = balancer(cloud, app, "appblb")
    assert (seen["layer4ClusterId"], seen["layer7ClusterId"]) == (four, seven)
    assert first == {name: seen[name] for name in ("blbId", "name", "status", "address", "vpcId", "subnetId")} | {
        "blbType": "application",
        "publicIp": address,
        "eipRouteType": "bgp",
        "bandwidth": 20,
    }
    assert (second["blbId"], second["blbType"]) == (both, "normal")
    assert second["ipv6"] == balancer(cloud, both)["ipv6"]
    assert cloud.ok("GET", f"/v1/lbdc/{seven}/blb")["blbList"] == [first]
    cloud.ok("PUT", f"/v1/eip/{address}?resize", {"newBandwidthInMbps": 30})
    assert cloud.ok("GET", f"/v1/lbdc/{seven}/blb")["blbList"] == [first | {"bandwidth": 30}]


def test_it_is_paused_kept_for_a_while_and_gone_unless_it_is_renewed(cloud):
    ends, comes_back = new_cluster(cloud), new_cluster(cloud)
    renews = new_cluster(cloud, renewReservation={"reservationLength": 2})
    on_it = new_balancer(cloud, layer4ClusterId=ends)
    renewal = {"billing": {"reservation": {"reservationLength": 1}}}
    cloud.ok("PUT", f"/v1/lbdc/{renews}?purchaseReserved", renewal)
    assert cloud.ok("GET", f"/v1/lbdc/{renews}")["expireTime"] == "2026-03-01T00:00:00Z"

    cloud.clock.advance(MONTH)

    assert cloud.ok("GET", f"/v1/lbdc/{ends}")["status"] == "paused"
    cloud.refused(ServiceBlocked, "PUT", f"/v1/lbdc/{ends}", {"name": "renamed"})
    cloud.refused(ServiceBlocked, "PUT", f"/v1/lbdc/{ends}?resize", {"ccuCount": 2})
    for family in FAMILIES:
        cloud.refused(OperationDenied, "POST", f"/v1/{family}", body(cloud, layer4ClusterId=ends))
    cloud.ok("PUT", f"/v1/lbdc/{comes_back}?purchaseReserved", renewal)
    assert cloud.ok("GET", f"/v1/lbdc/{comes_back}")["status"] == "available"
    cloud.clock.advance(WEEK)
    cloud.refused(NoSuchObject, "GET", f"/v1/lbdc/{ends}")
    assert "layer4ClusterId" not in balancer(cloud, on_it)
    assert cloud.ok("GET", f"/v1/lbdc/{comes_back}")["status"] == "available"
    cloud.clock.advance(MONTH)
    assert cloud.ok("GET", f"/v1/lbdc/{renews}")["expireTime"] == "2026-05-01T00:00:00Z"


def test_what_cannot_be_is_refused(cloud):
    made = new_cluster(cloud, ccuCount=2)
    length = {"reservation": {"reservationLength": 10}}
    for change, error in [
        ({"name": None}, MissingParameter),
        ({"name": ""}, InvalidParameter),
        ({"name": "1st"}, InvalidParameter),
        ({"type": "5Layer"}, InvalidParameter),
        ({"ccuCount": 0}, InvalidParameter),
        ({"desc": "d" * 201}, InvalidParameter),
        ({"billing": None}, MissingParameter),
        ({"billing": {}}, InvalidParameter),
        ({"billing": PREPAID | length}, InvalidParameter),
        ({"billing": PREPAID | {"paymentTiming": "Postpaid"}}, InvalidParameter),
        ({"renewReservation": {"reservationLength": 10}}, InvalidParameter),
    ]:
        cloud.refused(error, "POST", "/v1/lbdc", ORDER | change)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(RealNameAuthenticationRequired, "POST", "/v1/lbdc", ORDER)
    cloud.set_facts(realNameVerified=True)
    for family in FAMILIES:
        cloud.refused(InvalidParameter, "POST", f"/v1/{family}", body(cloud, layer7ClusterId=made))
        cloud.refused(NoSuchObject, "POST", f"/v1/{family}", body(cloud, layer4ClusterId="bgw_group-00000000"))
    cloud.refused(InvalidParameter, "GET", "/v1/lbdc?maxKeys=0")
    term = {"billing": {"reservation": {"reservationLength": 1}}}
    for method, key, asked, wrong in [
        ("GET", "", None, None),
        ("GET", "/blb", None, None),
        ("PUT", "", {"name": "renamed"}, {}),
        ("PUT", "", {"desc": ""}, {"name": ""}),
        ("PUT", "", {"desc": ""}, {"desc": "d" * 201}),
        ("PUT", "?resize", {"ccuCount": 3}, {"ccuCount": 2}),
        ("PUT", "?purchaseReserved", term, {"billing": length}),
    ]:
        cloud.refused(NoSuchObject, method, f"{NOWHERE}{key}", asked)
        if wrong is not None:
            cloud.refused(InvalidParameter, method, f"/v1/lbdc/{made}{key}", wrong)
