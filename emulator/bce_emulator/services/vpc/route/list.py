"""Show a route table, with the rules of the system, and at the rules that were made."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.route.cidr import EVERYWHERE
from bce_emulator.services.vpc.route.resource import SINGLE, RouteRule, RouteTable
from bce_emulator.services.vpc.vpc.resource import Vpc


class QueryRoutingTableRequest(Model):
    """Which table, by its own id or by that of its VPC."""

    route_table_id: str = ""
    vpc_id: str = ""


class QueryRoutingRulesRequest(QueryRoutingTableRequest):
    """Whose rules to list."""

    marker: str = ""
    max_keys: int = MAX_KEYS


class RouteRuleView(TypedDict):
    """A rule; those of the system have no id."""

    routeRuleId: str
    routeTableId: str
    sourceAddress: str
    destinationAddress: str
    nexthopId: str
    nexthopType: str
    description: str
    pathType: str


class QueryRoutingTableResponse(TypedDict):
    """A route table with all its rules."""

    name: str
    routeTableId: str
    vpcId: str
    routeRules: list[RouteRuleView]


class QueryRoutingRulesResponse(Page):
    """One page of the rules that were made."""

    routeRules: list[RouteRuleView]


@operation("GET /v1/route", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/jjwvyuh0v")
def query_routing_table(account: AccountRegion, request: QueryRoutingTableRequest) -> QueryRoutingTableResponse:
    """Show a route table: the rules that were made, then those of the system."""
    table = _table(account, request)
    rules = sorted(account.where(RouteRule, "route_table_id", table.id), key=lambda rule: rule.serial)
    return {
        "name": table.name,
        "routeTableId": table.id,
        "vpcId": table.vpc_id,
        "routeRules": [show_rule(rule) for rule in rules] + _system_rules(account, table),
    }


@operation("GET /v1/route/rule", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Dl6xal44j")
def query_routing_rules(account: AccountRegion, request: QueryRoutingRulesRequest) -> QueryRoutingRulesResponse:
    """List the rules that were made in a route table, newest first."""
    table = _table(account, request)
    return page(
        QueryRoutingRulesResponse,
        account,
        RouteRule,
        "routeRules",
        show_rule,
        request.marker,
        request.max_keys,
        of=("route_table_id", table.id),
    )


def show_rule(rule: RouteRule) -> RouteRuleView:
    """A rule by the API's member names."""
    return {
        "routeRuleId": rule.id,
        "routeTableId": rule.route_table_id,
        "sourceAddress": rule.source,
        "destinationAddress": rule.destination,
        "nexthopId": rule.next_hop_id,
        "nexthopType": rule.next_hop_type,
        "description": rule.desc,
        "pathType": rule.path_type,
    }


def _table(account: AccountRegion, request: QueryRoutingTableRequest) -> RouteTable:
    if request.route_table_id:
        table = account.get(RouteTable, request.route_table_id)
        if request.vpc_id not in {"", table.vpc_id}:
            raise BadRequest("the route table is that of another VPC")
        return table
    if not request.vpc_id:
        raise BadRequest("routeTableId or vpcId is needed")
    vpc = account.get(Vpc, request.vpc_id)
    return account.where(RouteTable, "vpc_id", vpc.id)[0]


def _system_rules(account: AccountRegion, table: RouteTable) -> list[RouteRuleView]:
    """Traffic within the VPC finds its way by rules that have no id, and that nobody can change."""
    return [
        {
            "routeRuleId": "",
            "routeTableId": table.id,
            "sourceAddress": EVERYWHERE,
            "destinationAddress": cidr,
            "nexthopId": "",
            "nexthopType": "sys",
            "description": "",
            "pathType": SINGLE,
        }
        for cidr in account.get(Vpc, table.vpc_id).cidrs
    ]
