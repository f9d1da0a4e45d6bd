"""The rules of IPv6 gateways."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from tests.services.vpc.ipv6_gateway.gateways import gateway, new_gateway


def test_egress_only_rules_are_made_listed_and_removed(cloud):
    vpc_id, gateway_id, prefix = new_gateway(cloud)
    _, other, _ = new_gateway(cloud)
    path = f"/v1/IPv6Gateway/{gateway_id}/egressOnlyRule"

    first, second = (
        cloud.ok("POST", path, {"cidr": f"{prefix}{part}"})["egressOnlyRuleId"] for part in ("::/64", "::7")
    )

    assert re.fullmatch(r"ipv6_seg-[0-9a-f]{8}", first)
    shown = [
        {"egressOnlyRuleId": first, "cidr": f"{prefix}::/64"},
        {"egressOnlyRuleId": second, "cidr": f"{prefix}::7/128"},
    ]
    assert gateway(cloud, vpc_id)["egressOnlyRules"] == shown
    assert cloud.ok("GET", path)["egressOnlyRules"] == shown[::-1]
    assert cloud.ok("GET", f"{path}?marker={first}")["egressOnlyRules"] == shown[:1]
    assert cloud.ok("GET", path.replace(gateway_id, other))["egressOnlyRules"] == []
    for wrong, error in [
        ("10.0.0.0/8", BadRequest),
        (f"{prefix}::1/64", BadRequest),
        ("2001:db8:ffff::/64", BadRequest),
        (f"{prefix}:0:0:0:7", OperationDenied),
    ]:
        cloud.refused(error, "POST", path, {"cidr": wrong})
    cloud.refused(NoSuchObject, "DELETE", f"{path.replace(gateway_id, other)}/{first}")
    cloud.ok("DELETE", f"{path}/{first}")
    assert gateway(cloud, vpc_id)["egressOnlyRules"] == shown[1:]


def test_rate_limit_rules_keep_to_the_bandwidth_of_the_gateway(cloud):
    vpc_id, gateway_id, prefix = new_gateway(cloud)
    _, other, _ = new_gateway(cloud)
    path = f"/v1/IPv6Gateway/{gateway_id}/rateLimitRule"
    limits = {"ingressBandwidthInMbps": 1, "egressBandwidthInMbps": 10}

    made = cloud.ok("POST", path, limits | {"ipv6Address": f"{prefix}::7"})["rateLimitRuleId"]

    assert re.fullmatch(r"ipv6_qos-[0-9a-f]{8}", made)
    shown = limits | {"rateLimitRuleId": made, "ipv6Address": f"{prefix}::7"}
    assert gateway(cloud, vpc_id)["rateLimitRules"] == cloud.ok("GET", path)["rateLimitRules"] == [shown]
    for wrong, error in [
        ({"ipv6Address": "10.0.0.7"}, BadRequest),
        ({"ipv6Address": "2001:db8:ffff::7"}, BadRequest),
        ({"ipv6Address": f"{prefix}:0:0:0:7".upper()}, OperationDenied),
        ({"ingressBandwidthInMbps": 0}, BadRequest),
        ({"egressBandwidthInMbps": 11}, BadRequest),
    ]:
        cloud.refused(error, "POST", path, limits | {"ipv6Address": f"{prefix}::8"} | wrong)
    for wrong in ({"ingressBandwidthInMbps": 11}, {"egressBandwidthInMbps": 0}):
        cloud.refused(BadRequest, "PUT", f"{path}/{made}", limits | wrong)
    cloud.ok("PUT", f"{path}/{made}", {"ingressBandwidthInMbps": 9, "egressBandwidthInMbps": 8})
    (changed,) = cloud.ok("GET", path)["rateLimitRules"]
    assert (changed["ingressBandwidthInMbps"], changed["egressBandwidthInMbps"]) == (9, 8)
    for method, asked in [("PUT", limits), ("DELETE", None)]:
        cloud.refused(NoSuchObject, method, f"{path.replace(gateway_id, other)}/{made}", asked)
    cloud.ok("DELETE", f"{path}/{made}")
    assert cloud.ok("GET", path)["rateLimitRules"] == []
