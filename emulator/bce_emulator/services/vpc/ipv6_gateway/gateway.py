"""Create, look at, resize, protect and delete IPv6 gateways."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientBool, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.billing import GatewayBilling, check_unused
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.ipv6_gateway.resource import EgressOnlyRule, Ipv6Gateway, RateLimitRule
from bce_emulator.services.vpc.ipv6_gateway.show import (
    EgressOnlyRuleView,
    RateLimitRuleView,
    show_egress_only_rule,
    show_rate_limit_rule,
)
from bce_emulator.services.vpc.names import check_gateway_name
from bce_emulator.services.vpc.vpc.resource import Vpc

BANDWIDTHS = range(1, 5_001)
"""In Mbps."""


def _flag(value: object) -> object:
    return bool(value) if type(value) is int and value in {0, 1} else value


Flag = Annotated[LenientBool, BeforeValidator(_flag)]
"""A boolean that is published as an integer."""


class CreateIpv6GatewayRequest(Model):
    """The VPC of the gateway, and its bandwidth."""

    client_token: ClientToken = ""
    vpc_id: str
    name: str
    bandwidth_in_mbps: LenientInt
    billing: GatewayBilling
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    delete_protect: bool = False


class GatewayRef(Model):
    """Which IPv6 gateway."""

    client_token: ClientToken = ""
    gateway_id: str


class ResizeIpv6GatewayRequest(GatewayRef):
    """The bandwidth from now on."""

    bandwidth_in_mbps: LenientInt


class UpdateDeleteProtectRequest(GatewayRef):
    """Whether the gateway is protected."""

    delete_protect: Flag


class QueryIpv6GatewayRequest(Model):
    """Whose gateway to look at."""

    vpc_id: str


class CreateIpv6GatewayResponse(TypedDict):
    """The gateway that was made."""

    gatewayId: str


class Ipv6GatewayView(TypedDict):
    """The IPv6 gateway of a VPC, with all its rules."""

    gatewayId: str
    name: str
    vpcId: str
    bandwidthInMbps: int
    egressOnlyRules: list[EgressOnlyRuleView]
    rateLimitRules: list[RateLimitRuleView]
    deleteProtect: bool


@operation(
    "POST /v1/IPv6Gateway",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/Hkkqieads",
)
def create_ipv6_gateway(account: AccountRegion, request: CreateIpv6GatewayRequest) -> CreateIpv6GatewayResponse:
    """Make the one IPv6 gateway of a VPC that has IPv6; it is paid by use."""
    check_gateway_name(request.name)
    _check_bandwidth(request.bandwidth_in_mbps)
    require_real_name(account)
    vpc = account.get(Vpc, request.vpc_id)
    if request.billing.payment_timing != "Postpaid":
        raise OperationDenied("an IPv6 gateway is paid by use")
    if not vpc.ipv6_cidr:
        raise OperationDenied(f"{vpc.id} has no IPv6")
    if account.where(Ipv6Gateway, "vpc_id", vpc.id):
        raise LimitExceeded(f"{vpc.id} has an IPv6 gateway")
    gateway = Ipv6Gateway(
        id=account.new_id(Ipv6Gateway),
        name=request.name,
        vpc_id=vpc.id,
        bandwidth=request.bandwidth_in_mbps,
        delete_protection=request.delete_protect,
        tags=tags_of(request.tags),
    )
    return {"gatewayId": account.add(gateway).id}


@operation("GET /v1/IPv6Gateway", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Dkkqigf0v")
def query_ipv6_gateway(account: AccountRegion, request: QueryIpv6GatewayRequest) -> Ipv6GatewayView:
    """Look at the IPv6 gateway of a VPC."""
    gateway = account.get_by(Ipv6Gateway, "vpc_id", account.get(Vpc, request.vpc_id).id)
    return {
        "gatewayId": gateway.id,
        "name": gateway.name,
        "vpcId": gateway.vpc_id,
        "bandwidthInMbps": gateway.bandwidth,
        "egressOnlyRules": [
            show_egress_only_rule(rule) for rule in account.where(EgressOnlyRule, "gateway_id", gateway.id)
        ],
        "rateLimitRules": [
            show_rate_limit_rule(rule) for rule in account.where(RateLimitRule, "gateway_id", gateway.id)
        ],
        "deleteProtect": gateway.delete_protection,
    }


@operation("PUT /v1/IPv6Gateway/{gatewayId}?resize", errors=[NoSuchObject, OperationDenied])
def resize_ipv6_gateway(account: AccountRegion, request: ResizeIpv6GatewayRequest) -> None:
    """Give an IPv6 gateway another bandwidth, which its rules keep to."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    _check_bandwidth(request.bandwidth_in_mbps)
    rules = account.where(RateLimitRule, "gateway_id", gateway.id)
    if any(max(rule.ingress, rule.egress) > request.bandwidth_in_mbps for rule in rules):
        raise OperationDenied("a rate limit rule has more")
    gateway.bandwidth = request.bandwidth_in_mbps


@operation(
    "PUT /v1/IPv6Gateway/{gatewayId}/deleteProtect",
    "PUT /v1/IPv6Gateway/{gatewayId}/deleteProtect?deleteProtect",
    errors=[NoSuchObject],
)
def update_delete_protect(account: AccountRegion, request: UpdateDeleteProtectRequest) -> None:
    """Protect an IPv6 gateway from being deleted, or no longer."""
    account.get(Ipv6Gateway, request.gateway_id).delete_protection = request.delete_protect


@operation("DELETE /v1/IPv6Gateway/{gatewayId}", errors=[NoSuchObject, OperationDenied])
def delete_ipv6_gateway(account: AccountRegion, request: GatewayRef) -> None:
    """Delete an IPv6 gateway that no route leads to, with its rules."""
    gateway = account.get(Ipv6Gateway, request.gateway_id)
    check_unused(account, gateway)
    account.remove(gateway)


def _check_bandwidth(bandwidth: int) -> None:
    if bandwidth not in BANDWIDTHS:
        raise BadRequest(f"bandwidthInMbps is {BANDWIDTHS[0]} to {BANDWIDTHS[-1]}")
