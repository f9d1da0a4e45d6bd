"""The rows of IPv6 gateways, HaVips and probes."""

from __future__ import annotations

from tests.services.reads_agree.row import POSTPAID, TAGS, Write

MEMBERS = {"instanceIds": ["{instance}"], "instanceType": "SERVER"}
LIMITS = {"ingressBandwidthInMbps": 3, "egressBandwidthInMbps": 4}
PROBE = {
    "name": "made",
    "description": "of a test",
    "vpcId": "{vpc}",
    "subnetId": "{subnet}",
    "protocol": "DNS",
    "frequency": 30,
    "destIp": "10.1.2.3",
    "destPort": 53,
    "payload": "a.example",
}
CHANGED = {"name": "renamed", "description": "another", "destIp": "10.1.2.4", "frequency": 10, "payload": "b.example"}

WAYS_IN = (
    Write(
        "POST /v1/havip",
        {"name": "made", "description": "of a test", "subnetId": "{home}", "privateIpAddress": "192.168.0.250"},
        "havip",
        {"name": "made", "description": "of a test", "subnetId": "{home}", "privateIpAddress": "192.168.0.250"},
        "haVipId",
    ),
    Write(
        "PUT /v1/havip/{havip}?modifyAttribute",
        {"name": "renamed", "description": "another"},
        "havip",
        {"name": "renamed", "description": "another"},
    ),
    Write(
        "PUT /v1/havip/{havip}?attach",
        MEMBERS,
        "havip",
        {"bindedInstances.0.instanceId": "{instance}", "bindedInstances.0.instanceType": "SERVER", "status": "binded"},
    ),
    Write(
        "PUT /v1/havip/{havip_of_instance}?detach",
        MEMBERS,
        "havip_of_instance",
        {"bindedInstances": [], "status": "available"},
    ),
    Write(
        "PUT /v1/havip/{havip}?bindPublicIp",
        {"publicIpAddress": "{eip}"},
        "havip",
        {"publicIpAddress": "{eip}"},
    ),
    Write(
        "PUT /v1/havip/{havip}?bindPublicIp",
        {"publicIpAddress": "{eip}"},
        "eip",
        {"instanceType": "HAVIP", "instanceId": "{havip}"},
    ),
    Write("PUT /v1/havip/{havip_with_eip}?unbindPublicIp", {}, "havip_with_eip", {"publicIpAddress": ""}),
    Write(
        "POST /v1/IPv6Gateway",
        {"vpcId": "{vpc_six}", "name": "made", "bandwidthInMbps": 7, "billing": POSTPAID, "tags": TAGS}
        | {"deleteProtect": True},
        "ipv6_gateway",
        {"vpcId": "{vpc_six}", "name": "made", "bandwidthInMbps": 7, "deleteProtect": True},
        "gatewayId",
    ),
    Write("PUT /v1/IPv6Gateway/{ipv6_gateway}?resize", {"bandwidthInMbps": 9}, "ipv6_gateway", {"bandwidthInMbps": 9}),
    Write(
        "PUT /v1/IPv6Gateway/{ipv6_gateway}/deleteProtect",
        {"deleteProtect": 1},
        "ipv6_gateway",
        {"deleteProtect": True},
    ),
    Write(
        "POST /v1/IPv6Gateway/{ipv6_gateway}/egressOnlyRule",
        {"cidr": "{address_six}/128"},
        "egress_only_rule",
        {"cidr": "{address_six}/128"},
        "egressOnlyRuleId",
    ),
    Write(
        "POST /v1/IPv6Gateway/{ipv6_gateway}/rateLimitRule",
        LIMITS | {"ipv6Address": "{address_six}"},
        "rate_limit_rule",
        LIMITS | {"ipv6Address": "{address_six}"},
        "rateLimitRuleId",
    ),
    Write("PUT /v1/IPv6Gateway/{ipv6_gateway}/rateLimitRule/{rate_limit_rule}", LIMITS, "rate_limit_rule", LIMITS),
    Write(
        "POST /v1/probe", PROBE | {"sourceIps": ["10.0.1.70"]}, "probe", PROBE | {"sourceIps": ["10.0.1.70"]}, "probeId"
    ),
    Write(
        "POST /v1/probe", PROBE | {"sourceIps": [], "sourceIpNum": 2}, "probe", PROBE | {"sourceIpNum": 2}, "probeId"
    ),
    Write("PUT /v1/probe/{probe}", CHANGED | {"destPort": 5353}, "probe", CHANGED | {"destPort": 5353}),
)
