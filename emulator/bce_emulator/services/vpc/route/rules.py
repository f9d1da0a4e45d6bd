"""Make, change and remove the rules of a route table."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientStr, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.vpc.names import check_description
from bce_emulator.services.vpc.quotas import ROUTE_RULES
from bce_emulator.services.vpc.route.cidr import check_ranges
from bce_emulator.services.vpc.route.errors import RouteRuleExceedQuota, RouteRuleRepeated
from bce_emulator.services.vpc.route.next_hop import check_next_hop
from bce_emulator.services.vpc.route.resource import ACTIVE, BALANCED, SINGLE, STANDBY, RouteRule, RouteTable

NextHopType = Literal["custom", "vpn", "nat", "dcGateway", "peerConn", "ipv6gateway", "enic", "havip", "defaultGateway"]
WITHOUT_ID = "defaultGateway"


class Line(NamedTuple):
    """Where a rule leads, and how it shares the traffic."""

    hop_id: str
    hop_type: str
    path_type: str


class NextHop(Model):
    """One line of a multi-line route, which leads to a dedicated gateway."""

    nexthop_id: str
    nexthop_type: Literal["dcGateway"] = "dcGateway"
    path_type: Literal["ecmp", "ha:active", "ha:standby"]


class CreateRoutingRulesRequest(Model):
    """From where to where, and one next hop or a list of them."""

    client_token: ClientToken = ""
    route_table_id: str
    source_address: str
    destination_address: str
    nexthop_id: str = ""
    nexthop_type: NextHopType | None = None
    next_hop_list: tuple[NextHop, ...] = ()
    description: str = ""
    ip_version: LenientStr = ""


class UpdateRoutingRulesRequest(Model):
    """What to change."""

    client_token: ClientToken = ""
    route_rule_id: str
    source_address: str = ""
    destination_address: str = ""
    nexthop_id: str = ""
    nexthop_type: NextHopType | None = None
    description: str | None = None


class RoutingRuleRequest(Model):
    """Which rule it is about."""

    client_token: ClientToken = ""
    route_rule_id: str


class CreateRoutingRulesResponse(TypedDict):
    """The rule that was made, or those of a multi-line route."""

    routeRuleId: str
    routeRuleIds: list[str]


@operation(
    "POST /v1/route/rule",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, RouteRuleRepeated, RouteRuleExceedQuota],
    doc="https://cloud.baidu.com/doc/VPC/s/Ljwvyugpl",
)
def create_routing_rules(account: AccountRegion, request: CreateRoutingRulesRequest) -> CreateRoutingRulesResponse:
    """Make a rule, or one for each line of a multi-line route."""
    require_real_name(account)
    table = account.get(RouteTable, request.route_table_id)
    check_description(request.description)
    source, destination = check_ranges(account, table, request.source_address, request.destination_address)
    if request.ip_version not in {"", "0", "6" if ":" in source else "4"}:
        raise BadRequest("ipVersion is 4 or 6, that of the addresses")
    hops = _lines(request.next_hop_list) or [_single(request.nexthop_id, request.nexthop_type)]
    for hop in hops:
        _check_hop(account, table, hop)
    existing, most = len(account.where(RouteRule, "route_table_id", table.id)), account.setting(ROUTE_RULES)
    if existing + len(hops) > most:
        raise RouteRuleExceedQuota(f"the setting {ROUTE_RULES.name} of this account is {most}")
    created = [
        account.add(
            RouteRule(
                id=account.new_id(RouteRule),
                route_table_id=table.id,
                source=source,
                destination=destination,
                next_hop_id=hop_id,
                next_hop_type=hop_type,
                path_type=path_type,
                desc=request.description,
            )
        ).id
        for hop_id, hop_type, path_type in hops
    ]
    if request.next_hop_list:
        return {"routeRuleId": "", "routeRuleIds": created}
    return {"routeRuleId": created[0], "routeRuleIds": []}


@operation(
    "PUT /v1/route/rule/{routeRuleId}",
    errors=[NoSuchObject, OperationDenied, RouteRuleRepeated],
    doc="https://cloud.baidu.com/doc/VPC/s/Bl6c4kpb4",
)
def update_routing_rules(account: AccountRegion, request: UpdateRoutingRulesRequest) -> None:
    """Change a rule; those of a multi-line route can only change places, as a call without members asks them to."""
    rule = account.get(RouteRule, request.route_rule_id)
    table = account.get(RouteTable, rule.route_table_id)
    check_description(request.description)
    if rule.path_type != SINGLE:
        if request.model_fields_set - {"client_token", "route_rule_id"}:
            raise BadRequest("a rule of a multi-line route cannot be changed")
        _switch(account, rule)
        return
    source, destination = rule.source, rule.destination
    if request.source_address or request.destination_address:
        source, destination = request.source_address or source, request.destination_address or destination
        source, destination = check_ranges(account, table, source, destination, but=rule)
    hop = Line(rule.next_hop_id, rule.next_hop_type, rule.path_type)
    if request.nexthop_id or request.nexthop_type:
        hop_type = request.nexthop_type or rule.next_hop_type
        same_type = hop_type == rule.next_hop_type
        hop = _single(request.nexthop_id or (rule.next_hop_id if same_type else ""), hop_type)
        _check_hop(account, table, hop)
    rule.source, rule.destination = source, destination
    rule.next_hop_id, rule.next_hop_type, _ = hop
    if request.description is not None:
        rule.desc = request.description


@operation("DELETE /v1/route/rule/{routeRuleId}", errors=[NoSuchObject])
def delete_routing_rules(account: AccountRegion, request: RoutingRuleRequest) -> None:
    """Remove a rule."""
    account.remove(account.get(RouteRule, request.route_rule_id))


@operation(
    "PUT /v1/route/rule/{routeRuleId}?switchRouteHA",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/VPC/s/xlalxb0tr",
)
def active_standby_switchover(account: AccountRegion, request: RoutingRuleRequest) -> None:
    """Let the active line of a route and its standby line change places; the active one is named."""
    _switch(account, account.get(RouteRule, request.route_rule_id))


def _switch(account: AccountRegion, active: RouteRule) -> None:
    if active.path_type != ACTIVE:
        raise BadRequest("the rule is not the active one of a route with a standby")
    pair = active.source, active.destination
    beside = account.where(RouteRule, "route_table_id", active.route_table_id)
    standby = next(
        (rule for rule in beside if (rule.source, rule.destination) == pair and rule.path_type == STANDBY), None
    )
    if standby is None:
        raise BadRequest("the standby rule of the route was removed")
    active.path_type, standby.path_type = STANDBY, ACTIVE


def _single(hop_id: str, hop_type: str | None) -> Line:
    if hop_type is None or bool(hop_id) == (hop_type == WITHOUT_ID):
        raise BadRequest(f"a rule needs nexthopType and nexthopId, which {WITHOUT_ID} has not")
    return Line(hop_id, hop_type, SINGLE)


def _check_hop(account: AccountRegion, table: RouteTable, line: Line) -> None:
    if line.hop_type != WITHOUT_ID:
        check_next_hop(account, table.vpc_id, line.hop_type, line.hop_id)


def _lines(hops: tuple[NextHop, ...]) -> list[Line]:
    paths = sorted(hop.path_type for hop in hops)
    balanced = len(paths) > 1 and set(paths) == {BALANCED}
    if hops and not balanced and paths != [ACTIVE, STANDBY]:
        raise BadRequest("nextHopList has two or more ecmp lines, or one ha:active and one ha:standby")
    if len({hop.nexthop_id for hop in hops}) != len(hops):
        raise BadRequest("nextHopList names a next hop twice")
    return [Line(hop.nexthop_id, hop.nexthop_type, hop.path_type) for hop in hops]
