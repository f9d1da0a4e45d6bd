"""Limits on traffic through gateways."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import range_of
from bce_emulator.services.vpc.gateway_limit_rule.limited import ELSEWHERE, check_limited
from bce_emulator.services.vpc.gateway_limit_rule.resource import GatewayLimitRule

Name = Annotated[str, Field(min_length=1, max_length=65)]
Description = Annotated[str, Field(max_length=200)]
Bandwidth = Annotated[int, Field(ge=1)]
MAX_ID = 128
LOCAL = "LOCAL"


class CreateGatewayLimitRulesRequest(Model):
    """Which traffic of which gateway to limit, and to how much."""

    client_token: ClientToken = ""
    ip_version: Literal["4"]
    name: Name
    description: Description = ""
    service_type: Literal["peerconn", "et", "csn"]
    sub_service_type: Literal["LOCAL", "PEER_CLOUD", "PEER_EDGE"] | None = None
    peer_region: Annotated[str, Field(max_length=MAX_ID)] = ""
    resource_id: Annotated[str, Field(max_length=MAX_ID)]
    direction: Literal["egress"]
    cidr: str
    bandwidth: Bandwidth


class ModifyGatewayLimitRulesRequest(Model):
    """What to change of which rule."""

    client_token: ClientToken = ""
    glr_id: str
    name: Name | None = None
    description: Description | None = None
    bandwidth: Bandwidth | None = None


class DeleteGatewayLimitRuleRequest(Model):
    """Which rule to delete."""

    client_token: ClientToken = ""
    glr_id: str


class ViewGatewayLimitRulesRequest(Model):
    """Filters are all to hold; beside the type, part of the value is enough."""

    marker: str = ""
    max_keys: LenientInt = MAX_KEYS
    service_type: str = ""
    name: str = ""
    glr_id: str = ""
    resource_id: str = ""


class CreateGatewayLimitRulesResponse(TypedDict):
    """The rule that was made."""

    glrId: str


class GatewayLimitRuleView(TypedDict):
    """A rule."""

    glrId: str
    ipVersion: str
    name: str
    description: str
    serviceType: str
    subServiceType: str
    resourceId: str
    direction: str
    cidr: str
    bandwidth: int
    enable: bool
    createdTime: str
    updatedTime: str


class ViewGatewayLimitRulesResponse(Page):
    """One page of the rules."""

    result: list[GatewayLimitRuleView]


@operation("POST /v1/gateway/limitrule", errors=[NoSuchObject, OperationDenied], basis="client")
def create_gateway_limit_rules(
    account: AccountRegion, request: CreateGatewayLimitRulesRequest
) -> CreateGatewayLimitRulesResponse:
    """Limit the traffic of a gateway to a range; a range has one limit."""
    cidr = range_of(request.cidr, "cidr")
    if (request.service_type == ELSEWHERE) != bool(request.sub_service_type):
        raise BadRequest("subServiceType goes with the serviceType csn, and only with it")
    if (request.sub_service_type not in {None, LOCAL}) != bool(request.peer_region):
        raise BadRequest("peerRegion goes with the subServiceType PEER_CLOUD or PEER_EDGE, and only with them")
    check_limited(account, request.service_type, request.resource_id, request.bandwidth)
    rules = account.where(GatewayLimitRule, "resource_id", request.resource_id)
    if any(IPv4Network(rule.cidr) == cidr for rule in rules):
        raise OperationDenied("the gateway has a rule for this range")
    made = GatewayLimitRule(
        id=account.new_id(GatewayLimitRule),
        name=request.name,
        desc=request.description,
        ip_version=request.ip_version,
        service_type=request.service_type,
        sub_service_type=request.sub_service_type or "",
        peer_region=request.peer_region,
        resource_id=request.resource_id,
        direction=request.direction,
        cidr=request.cidr,
        bandwidth=request.bandwidth,
        updated=account.clock.now(),
    )
    return {"glrId": account.add(made).id}


@operation("GET /v1/gateway/limitrule", basis="client")
def view_gateway_limit_rules(
    account: AccountRegion, request: ViewGatewayLimitRulesRequest
) -> ViewGatewayLimitRulesResponse:
    """List the rules that fit all filters, newest first."""

    def fits(rule: GatewayLimitRule) -> bool:
        return (
            request.service_type in {"", rule.service_type}
            and request.name in rule.name
            and request.glr_id in rule.id
            and request.resource_id in rule.resource_id
        )

    return page(
        ViewGatewayLimitRulesResponse,
        account,
        GatewayLimitRule,
        "result",
        _show,
        request.marker,
        request.max_keys,
        fits,
    )


@operation("PUT /v1/gateway/limitrule/{glrId}", errors=[NoSuchObject, OperationDenied], basis="client")
def modify_gateway_limit_rules(account: AccountRegion, request: ModifyGatewayLimitRulesRequest) -> None:
    """Rename, describe or widen a rule, or make it narrower."""
    rule = account.get(GatewayLimitRule, request.glr_id)
    if request.bandwidth is not None:
        check_limited(account, rule.service_type, rule.resource_id, request.bandwidth)
    rule.name = request.name or rule.name
    rule.desc = rule.desc if request.description is None else request.description
    rule.bandwidth = request.bandwidth or rule.bandwidth
    rule.updated = account.clock.now()


@operation("DELETE /v1/gateway/limitrule/{glrId}", errors=[NoSuchObject], basis="client")
def delete_gateway_limit_rule(account: AccountRegion, request: DeleteGatewayLimitRuleRequest) -> None:
    """Delete a rule."""
    account.remove(account.get(GatewayLimitRule, request.glr_id))


def _show(rule: GatewayLimitRule) -> GatewayLimitRuleView:
    return {
        "glrId": rule.id,
        "ipVersion": rule.ip_version,
        "name": rule.name,
        "description": rule.desc,
        "serviceType": rule.service_type,
        "subServiceType": rule.sub_service_type,
        "resourceId": rule.resource_id,
        "direction": rule.direction,
        "cidr": rule.cidr,
        "bandwidth": rule.bandwidth,
        "enable": True,
        "createdTime": iso(rule.created),
        "updatedTime": iso(rule.updated),
    }
