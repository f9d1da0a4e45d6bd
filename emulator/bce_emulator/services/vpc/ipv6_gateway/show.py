"""How IPv6 gateways and their rules are shown. https://cloud.baidu.com/doc/VPC/s/Dkkqigf0v"""

from __future__ import annotations

from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.vpc.ipv6_gateway.resource import EgressOnlyRule, RateLimitRule


class EgressOnlyRuleView(TypedDict):
    """A range that reaches the world and is not reached from there."""

    egressOnlyRuleId: str
    cidr: str


class RateLimitRuleView(TypedDict):
    """How much of the bandwidth an address has."""

    rateLimitRuleId: str
    ipv6Address: str
    ingressBandwidthInMbps: int
    egressBandwidthInMbps: int


def show_egress_only_rule(rule: EgressOnlyRule) -> EgressOnlyRuleView:
    """A rule by the API's member names."""
    return {"egressOnlyRuleId": rule.id, "cidr": rule.cidr}


def show_rate_limit_rule(rule: RateLimitRule) -> RateLimitRuleView:
    """A rule by the API's member names."""
    return {
        "rateLimitRuleId": rule.id,
        "ipv6Address": rule.address,
        "ingressBandwidthInMbps": rule.ingress,
        "egressBandwidthInMbps": rule.egress,
    }
