"""IPv6 gateways."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease
from tests.network import default_vpc, make_vpc
from tests.services.vpc.ipv6_gateway.gateways import NOBODY, body, gateway, new_gateway

PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
LIMITS = {"ingressBandwidthInMbps": 1, "egressBandwidthInMbps": 1}
ON_A_GATEWAY = [
    ("DELETE", "", None),
    ("PUT", "?resize", {"bandwidthInMbps": 1}),
    ("PUT", "/deleteProtect", {"deleteProtect": True}),
    ("GET", "/egressOnlyRule", None),
    ("POST", "/egressOnlyRule", {"cidr": "2001:db8::/64"}),
    ("DELETE", "/egressOnlyRule/ipv6_seg-00000000", None),
    ("GET", "/rateLimitRule", None),
    ("POST", "/rateLimitRule", LIMITS | {"ipv6Address": "2001:db8::1"}),
    ("PUT", "/rateLimitRule/ipv6_qos-00000000", LIMITS),
    ("DELETE", "/rateLimitRule/ipv6_qos-00000000", None),
]


def test_what_is_not_there_is_not_found(cloud):
    there = new_gateway(cloud)[1]
    for method, path, asked in ON_A_GATEWAY:
        cloud.refused(NoSuchObject, method, f"/v1/IPv6Gateway/{NOBODY}{path}", asked)
        if path.endswith("00"):
            cloud.refused(NoSuchObject, method, f"/v1/IPv6Gateway/{there}{path}", asked)
    cloud.refused(NoSuchObject, "GET", f"/v1/IPv6Gateway?vpcId={default_vpc(cloud)}")
    cloud.refused(NoSuchObject, "GET", "/v1/IPv6Gateway?vpcId=vpc-nobody000000")
    cloud.refused(BadRequest, "GET", "/v1/IPv6Gateway")


def test_a_gateway_is_looked_at_by_its_vpc(cloud):
    vpc_id, gateway_id, _ = new_gateway(cloud, deleteProtect=True)

    assert re.fullmatch(r"gw-[0-9a-f]{8}", gateway_id)
    assert gateway(cloud, vpc_id) == {
        "gatewayId": gateway_id,
        "name": "six",
        "vpcId": vpc_id,
        "bandwidthInMbps": 10,
        "egressOnlyRules": [],
        "rateLimitRules": [],
        "deleteProtect": True,
    }


def test_bandwidths_may_be_text_as_a_client_sends_them(cloud):
    vpc_id, gateway_id, _ = new_gateway(cloud, bandwidthInMbps="10")
    rules = f"/v1/IPv6Gateway/{gateway_id}/rateLimitRule"
    limits = {"ingressBandwidthInMbps": "3", "egressBandwidthInMbps": "4"}

    cloud.refused(InappropriateJSON, "PUT", f"/v1/IPv6Gateway/{gateway_id}?resize", {"bandwidthInMbps": "much"})
    cloud.call("PUT", f"/v1/IPv6Gateway/{gateway_id}?resize", {"bandwidthInMbps": "9"})
    cloud.refused(NoSuchObject, "PUT", f"{rules}/ipv6_qos-00000000", limits)

    assert gateway(cloud, vpc_id)["bandwidthInMbps"] == 9


def test_what_cannot_be_made_is_refused(cloud):
    there = new_gateway(cloud)[0]
    vpc_id = make_vpc(cloud, enableIpv6=True)
    for wrong, error in [
        ({"name": "1st"}, BadRequest),
        ({"bandwidthInMbps": 0}, BadRequest),
        ({"bandwidthInMbps": 5_001}, BadRequest),
        ({"billing": {"paymentTiming": "never"}}, BadRequest),
        ({"billing": None}, InappropriateJSON),
        ({"vpcId": "vpc-nobody000000"}, NoSuchObject),
        ({"vpcId": default_vpc(cloud)}, OperationDenied),
        ({"billing": PREPAID}, OperationDenied),
        ({"vpcId": there}, LimitExceeded),
    ]:
        cloud.refused(error, "POST", "/v1/IPv6Gateway", body(vpc_id) | wrong)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", "/v1/IPv6Gateway", body(vpc_id))


def test_it_is_resized_down_to_what_its_rules_have(cloud):
    vpc_id, gateway_id, prefix = new_gateway(cloud)
    limits = {"ipv6Address": f"{prefix}::9", "ingressBandwidthInMbps": 2, "egressBandwidthInMbps": 5}
    cloud.ok("POST", f"/v1/IPv6Gateway/{gateway_id}/rateLimitRule", limits)

    cloud.refused(BadRequest, "PUT", f"/v1/IPv6Gateway/{gateway_id}?resize", {"bandwidthInMbps": 5_001})
    cloud.refused(OperationDenied, "PUT", f"/v1/IPv6Gateway/{gateway_id}?resize", {"bandwidthInMbps": 4})
    cloud.ok("PUT", f"/v1/IPv6Gateway/{gateway_id}?resize", {"bandwidthInMbps": 5})

    assert gateway(cloud, vpc_id)["bandwidthInMbps"] == 5


def test_protection_comes_in_every_spelling(cloud):
    vpc_id, gateway_id, _ = new_gateway(cloud)
    for query, value, protected in [
        ("", True, True),
        ("", 0, False),
        ("?deleteProtect", 1, True),
        ("", "false", False),
    ]:
        cloud.ok("PUT", f"/v1/IPv6Gateway/{gateway_id}/deleteProtect{query}", {"deleteProtect": value})
        assert gateway(cloud, vpc_id)["deleteProtect"] is protected
    cloud.refused(InappropriateJSON, "PUT", f"/v1/IPv6Gateway/{gateway_id}/deleteProtect", {"deleteProtect": 2})


def test_it_keeps_its_vpc_and_a_route_keeps_it(cloud):
    vpc_id, gateway_id, prefix = new_gateway(cloud, deleteProtect=True)
    path = f"/v1/IPv6Gateway/{gateway_id}"
    cloud.ok("POST", f"{path}/egressOnlyRule", {"cidr": f"{prefix}::/64"})
    table = cloud.ok("GET", f"/v1/route?vpcId={vpc_id}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "::/0", "destinationAddress": "::/0"}
    hop = {"nexthopType": "ipv6gateway", "nexthopId": gateway_id}
    route = cloud.ok("POST", "/v1/route/rule", rule | hop)["routeRuleId"]
    off = {"name": "test", "enableIpv6": False}

    cloud.refused(OperationDenied, "DELETE", path)
    cloud.ok("PUT", f"{path}/deleteProtect", {"deleteProtect": False})
    cloud.refused(OperationDenied, "DELETE", path)
    cloud.ok("DELETE", f"/v1/route/rule/{route}")
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/vpc/{vpc_id}")
    cloud.refused(BadRequest, "PUT", f"/v1/vpc/{vpc_id}?modifyAttribute", off)
    cloud.ok("DELETE", path)

    cloud.ok("PUT", f"/v1/vpc/{vpc_id}?modifyAttribute", off)
    cloud.ok("DELETE", f"/v1/vpc/{vpc_id}")
