"""The rules of IPv6 gateways: what only reaches out, and how much of the bandwidth an address has."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import parse_ipv6, parse_network
from bce_emulator.services.vpc.ipv6_gateway.gateway import GatewayRef
from bce_emulator.services.vpc.ipv6_gateway.resource import EgressOnlyRule, Ipv6Gateway, RateLimitRule
from bce_emulator.services.vpc.ipv6_gateway.show import (
    EgressOnlyRuleView,
    RateLimitRuleView,
    show_egress_only_rule,
    show_rate_limit_rule,
)
from bce_emulator.services.vpc.vpc.resource import Vpc


class CreateEgressOnlyRuleRequest(GatewayRef):
    """Which range is not to be reached."""

    cidr: str


class DeleteIpv6GatewayEgressOnlyRuleRequest(GatewayRef):
    """Which rule goes."""

    egress_only_rule_id: str


class RateLimits(GatewayRef):
    """How much of the bandwidth, in Mbps."""

    ingress_bandwidth_in_mbps: LenientInt
    egress_bandwidth_in_mbps: LenientInt


class CreateRateLimitRuleRequest(RateLimits):
    """Which address, and how much it has."""

    ipv6_address: str


class UpdateRateLimitRuleRequest(RateLimits):
    """Which rule, and how much its address has from now on."""

    rate_limit_rule_id: str


class DeleteIpv6GatewayRateLimitRuleRequest(GatewayRef):
    """Which rule goes."""

    rate_limit_rule_id: str


class ListRulesRequest(Model):
    """Whose rules to list."""

    gateway_id: str
    marker: str = ""
    max_keys: int = MAX_KEYS


class CreateEgressOnlyRuleResponse(TypedDict):
    """The rule that was made."""

    egressOnlyRuleId: str


class CreateRateLimitRuleResponse(TypedDict):
    """The rule that was made."""

    rateLimitRuleId: str


class ListEgressOnlyRuleResponse(Page):
    """One page of the rules."""

    egressOnlyRules: list[EgressOnlyRuleView]


class ListRateLimitRuleResponse(Page):
    """One page of the rules."""

    rateLimitRules: list[RateLimitRuleView]


@operation("POST /v1/IPv6Gateway/{gatewayId}/egressOnlyRule", errors=[NoSuchObject, OperationDenied])
def create_egress_only_rule(
    account: AccountRegion, request: CreateEgressOnlyRuleRequest
) -> CreateEgressOnlyRuleResponse:
    """Let a range of the VPC reach the world without being reached."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    cidr = str(_network(request.cidr))
    if not IPv6Network(cidr).subnet_of(_network_of(account, gateway)):
        raise BadRequest("cidr is not within the IPv6 CIDR of the VPC")
    if any(rule.cidr == cidr for rule in account.where(EgressOnlyRule, "gateway_id", gateway.id)):
        raise OperationDenied(f"there is a rule for {cidr}")
    rule = EgressOnlyRule(id=account.new_id(EgressOnlyRule), gateway_id=gateway.id, cidr=cidr)
    return {"egressOnlyRuleId": account.add(rule).id}


@operation("GET /v1/IPv6Gateway/{gatewayId}/egressOnlyRule", errors=[NoSuchObject])
def list_egress_only_rule(account: AccountRegion, request: ListRulesRequest) -> ListEgressOnlyRuleResponse:
    """List the egress-only rules of an IPv6 gateway, newest first."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    return page(
        ListEgressOnlyRuleResponse,
        account,
        EgressOnlyRule,
        "egressOnlyRules",
        show_egress_only_rule,
        request.marker,
        request.max_keys,
        of=("gateway_id", gateway.id),
    )


@operation("DELETE /v1/IPv6Gateway/{gatewayId}/egressOnlyRule/{egressOnlyRuleId}", errors=[NoSuchObject])
def delete_ipv6_gateway_egress_only_rule(
    account: AccountRegion, request: DeleteIpv6GatewayEgressOnlyRuleRequest
) -> None:
    """Remove an egress-only rule."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    rule = account.get(EgressOnlyRule, request.egress_only_rule_id)
    _check_of(gateway, rule)
    account.remove(rule)


@operation("POST /v1/IPv6Gateway/{gatewayId}/rateLimitRule", errors=[NoSuchObject, OperationDenied])
def create_rate_limit_rule(account: AccountRegion, request: CreateRateLimitRuleRequest) -> CreateRateLimitRuleResponse:
    """Say how much of the bandwidth an address has."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    address = _address(request.ipv6_address)
    _check_limits(gateway, request)
    if IPv6Address(address) not in _network_of(account, gateway):
        raise BadRequest("ipv6Address is not within the IPv6 CIDR of the VPC")
    if any(rule.address == address for rule in account.where(RateLimitRule, "gateway_id", gateway.id)):
        raise OperationDenied(f"there is a rule for {address}")
    rule = RateLimitRule(
        id=account.new_id(RateLimitRule),
        gateway_id=gateway.id,
        address=address,
        ingress=request.ingress_bandwidth_in_mbps,
        egress=request.egress_bandwidth_in_mbps,
    )
    return {"rateLimitRuleId": account.add(rule).id}


@operation("GET /v1/IPv6Gateway/{gatewayId}/rateLimitRule", errors=[NoSuchObject])
def list_rate_limit_rule(account: AccountRegion, request: ListRulesRequest) -> ListRateLimitRuleResponse:
    """List the rate limit rules of an IPv6 gateway, newest first."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    return page(
        ListRateLimitRuleResponse,
        account,
        RateLimitRule,
        "rateLimitRules",
        show_rate_limit_rule,
        request.marker,
        request.max_keys,
        of=("gateway_id", gateway.id),
    )


@operation(
    "PUT /v1/IPv6Gateway/{gatewayId}/rateLimitRule/{rateLimitRuleId}",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/VPC/s/Akkqimp6y",
)
def update_rate_limit_rule(account: AccountRegion, request: UpdateRateLimitRuleRequest) -> None:
    """Give an address more or less of the bandwidth."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    rule = account.get(RateLimitRule, request.rate_limit_rule_id)
    _check_of(gateway, rule)
    _check_limits(gateway, request)
    rule.ingress, rule.egress = request.ingress_bandwidth_in_mbps, request.egress_bandwidth_in_mbps


@operation("DELETE /v1/IPv6Gateway/{gatewayId}/rateLimitRule/{rateLimitRuleId}", errors=[NoSuchObject])
def delete_ipv6_gateway_rate_limit_rule(account: AccountRegion, request: DeleteIpv6GatewayRateLimitRuleRequest) -> None:
    """Remove a rate limit rule."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    rule = account.get(RateLimitRule, request.rate_limit_rule_id)
    _check_of(gateway, rule)
    account.remove(rule)


def _check_of(gateway: Ipv6Gateway, rule: EgressOnlyRule | RateLimitRule) -> None:
    if rule.gateway_id != gateway.id:
        raise NoSuchObject(f"{rule.id} is a rule of another IPv6 gateway")


def _check_limits(gateway: Ipv6Gateway, request: RateLimits) -> None:
    for bandwidth in (request.ingress_bandwidth_in_mbps, request.egress_bandwidth_in_mbps):
        if not 1 <= bandwidth <= gateway.bandwidth:
            raise BadRequest(f"a bandwidth is 1 to {gateway.bandwidth}, which the gateway has")


def _network_of(account: AccountRegion, gateway: Ipv6Gateway) -> IPv6Network:
    return IPv6Network(account.get(Vpc, gateway.vpc_id).ipv6_cidr)


def _network(text: str) -> IPv6Network:
    try:
        network = parse_network(text)
    except ValueError as error:
        raise BadRequest(f"cidr: {error}") from None
    if not isinstance(network, IPv6Network):
        raise BadRequest("cidr is of IPv6")
    return network


def _address(text: str) -> str:
    try:
        return str(parse_ipv6(text))
    except ValueError as error:
        raise BadRequest(f"ipv6Address: {error}") from None
