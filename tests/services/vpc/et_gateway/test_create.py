"""Dedicated-line gateways, from being made to being released."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease
from tests.cloud import Cloud
from tests.network import default_vpc, make_subnet, make_vpc

NOBODY = "dcgw-nobody000000"
LINE = {"etId": "dcphy-x2wj14r1m7r1", "channelId": "dedicatedconn-1hpw3u4bvzd0"}
BOUND = LINE | {"localCidrs": ["192.168.0.0/20"]}
CHECK = {"healthCheckInterval": 3, "healthThreshold": 5, "unhealthThreshold": 2}


def make(cloud: Cloud, **members: Any) -> str:
    order = {"vpcId": default_vpc(cloud), "name": "gateway", "speed": 100}
    gateway_id: str = cloud.ok("POST", "/v1/etGateway", order | members)["etGatewayId"]
    return gateway_id


def look(cloud: Cloud, gateway_id: str) -> dict[str, Any]:
    return cloud.ok("GET", f"/v1/etGateway/{gateway_id}")


def test_a_gateway_shows_what_was_asked_for(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    gateway_id = make(cloud, description="of a test", tags=tags, **BOUND)
    other = make(cloud, name="other")

    shown = BOUND | {
        "etGatewayId": gateway_id,
        "name": "gateway",
        "status": "running",
        "vpcId": default_vpc(cloud),
        "speed": 100,
        "createTime": "2026-01-01T00:00:00Z",
        "description": "of a test",
        "enableIpv6": 0,
        "ipv6LocalCidrs": [],
        "tags": tags,
    }
    assert look(cloud, gateway_id) == shown
    assert (look(cloud, other)["etId"], look(cloud, other)["localCidrs"]) == ("", [])

    def found(query: str, vpc: str = default_vpc(cloud)) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = cloud.ok("GET", f"/v1/etGateway?vpcId={vpc}&{query}")["etGateways"]
        return rows

    assert found(f"etGatewayId={gateway_id}") == found("name=gate&status=running") == [shown]
    assert [each["etGatewayId"] for each in found("")] == [other, gateway_id]
    assert found("status=lost") == found("", make_vpc(cloud)) == []


def test_a_gateway_is_refused_unless_it_can_be(cloud):
    order = {"vpcId": default_vpc(cloud), "name": "gateway", "speed": 100}
    for error, change in (
        (BadRequest, {"name": "1st"}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"speed": 1}),
        (BadRequest, {"speed": 100_001}),
        (BadRequest, {"etId": LINE["etId"]}),
        (BadRequest, {"channelId": LINE["channelId"]}),
        (BadRequest, LINE | {"etId": "line-1"}),
        (BadRequest, {"localCidrs": ["192.168.0.0/20"]}),
        (BadRequest, LINE | {"localCidrs": ["192.168.0.1/20"]}),
        (InappropriateJSON, {"vpcId": None}),
        (NoSuchObject, {"vpcId": "vpc-nobody00"}),
    ):
        cloud.refused(error, "POST", "/v1/etGateway", order | change)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/etGateway", order)


def test_a_gateway_is_changed(cloud):
    gateway_id = make(cloud, **BOUND)
    target = f"/v1/etGateway/{gateway_id}"
    changes = {"name": "renamed", "description": "another", "speed": 100_000, "localCidrs": ["10.0.0.0/8"]}
    changes |= {"enableIpv6": 1, "ipv6LocalCidrs": ["2001:db8::/56"]}

    for member, value in changes.items():
        cloud.ok("PUT", target, {member: value})

    assert look(cloud, gateway_id) == look(cloud, gateway_id) | changes
    for change in (
        {"name": "1st"},
        {"description": "d" * 201},
        {"speed": 1},
        {"localCidrs": ["there"]},
        {"ipv6LocalCidrs": ["10.0.0.0/8"]},
        {"enableIpv6": 2},
    ):
        cloud.refused(BadRequest, "PUT", target, change)
    cloud.refused(OperationDenied, "PUT", f"/v1/etGateway/{make(cloud)}", {"localCidrs": ["10.0.0.0/8"]})


def test_a_line_is_bound_looked_after_and_taken_off(cloud):
    gateway_id = make(cloud)
    target = f"/v1/etGateway/{gateway_id}"
    cloud.refused(OperationDenied, "PUT", f"{target}?unbind")
    cloud.refused(OperationDenied, "POST", f"{target}/healthCheck", CHECK)
    for change in ({"etId": "line-1"}, {"localCidrs": ["there"]}):
        cloud.refused(BadRequest, "PUT", f"{target}?bind", BOUND | change)

    cloud.ok("PUT", f"{target}?bind", BOUND)
    cloud.refused(OperationDenied, "PUT", f"{target}?bind", BOUND)
    assert look(cloud, gateway_id) == look(cloud, gateway_id) | BOUND
    elsewhere = make_subnet(cloud, make_vpc(cloud))
    for error, change in (
        (BadRequest, {"healthCheckInterval": 61}),
        (BadRequest, {"healthThreshold": 1}),
        (BadRequest, {"unhealthThreshold": 6}),
        (BadRequest, {"healthCheckType": "TCP"}),
        (BadRequest, {"healthCheckSourceIp": "here"}),
        (BadRequest, {"channelId": "dedicatedconn-other"}),
        (BadRequest, {"subnetId": elsewhere}),
        (NoSuchObject, {"subnetId": "sbn-nobody00"}),
        (InappropriateJSON, {"healthThreshold": None}),
    ):
        cloud.refused(error, "POST", f"{target}/healthCheck", CHECK | change)
    cloud.ok("POST", f"{target}/healthCheck", CHECK | {"healthCheckSourceIp": "192.168.0.9", "healthCheckPort": 80})
    seen = {"healthCheckType": "ICMP", "healthCheckSourceIp": "192.168.0.9", "healthCheckPort": 80}
    assert look(cloud, gateway_id) == look(cloud, gateway_id) | CHECK | seen

    cloud.ok("PUT", f"{target}?unbind")
    assert look(cloud, gateway_id)["etId"] == ""
    assert look(cloud, gateway_id)["localCidrs"] == []
    assert "healthCheckType" not in look(cloud, gateway_id)


def test_what_is_used_stays(cloud):
    vpc = make_vpc(cloud)
    gateway_id = make(cloud, vpcId=vpc, **LINE)
    target = f"/v1/etGateway/{gateway_id}"
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("PUT", f"{target}?unbind")
    limit = {"ipVersion": "4", "name": "branch", "serviceType": "et", "direction": "egress", "cidr": "10.0.0.0/8"}
    cloud.refused(BadRequest, "POST", "/v1/gateway/limitrule", limit | {"resourceId": gateway_id, "bandwidth": 101})
    cloud.ok("POST", "/v1/gateway/limitrule", limit | {"resourceId": gateway_id, "bandwidth": 100})
    cloud.refused(OperationDenied, "PUT", target, {"speed": 99})
    cloud.ok("PUT", target, {"speed": 100})
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "10.20.0.0/24"}
    hop = {"nexthopType": "dcGateway", "nexthopId": gateway_id}
    rule_id = cloud.ok("POST", "/v1/route/rule", rule | hop)["routeRuleId"]
    cloud.refused(OperationDenied, "DELETE", target)
    cloud.ok("DELETE", f"/v1/route/rule/{rule_id}")
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc}")

    cloud.ok("DELETE", target)

    assert cloud.ok("GET", "/v1/gateway/limitrule")["result"] == []
    cloud.ok("DELETE", f"/v1/vpc/{vpc}")


def test_a_gateway_that_is_not_there_is_not_found(cloud):
    target = f"/v1/etGateway/{NOBODY}"
    for method, key, body in (
        ("GET", "", None),
        ("PUT", "", {"name": "renamed"}),
        ("DELETE", "", None),
        ("PUT", "?bind", BOUND),
        ("PUT", "?unbind", None),
        ("POST", "/healthCheck", CHECK),
    ):
        cloud.refused(NoSuchObject, method, target + key, body)
    cloud.refused(NoSuchObject, "GET", "/v1/etGateway?vpcId=vpc-nobody00")
