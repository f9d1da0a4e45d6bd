"""DNAT rules: to which private addresses what comes to a public one goes."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import parse_address
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from bce_emulator.services.vpc.nat.ports import PortMembers, ports_of, show_ports
from bce_emulator.services.vpc.nat.resource import DNAT_RULE_QUOTA, NO_PORTS, DnatRule, Nat, Ports
from bce_emulator.services.vpc.nat.rules import ACTIVE, NatRuleRef, check_public_ip, check_rule_name, rule_of
from bce_emulator.services.vpc.quotas import check_quota

Protocol = Literal["TCP", "UDP", "all"]
ALL = "all"


class Translation(NamedTuple):
    """What a rule does."""

    public_ip: str
    private_ip: str
    protocol: str
    public_ports: Ports
    private_ports: Ports


class BatchedDnatRule(PortMembers):
    """What goes where."""

    rule_name: str = ""
    public_ip_address: str = ""
    private_ip_address: str = ""
    protocol: Protocol | None = None


class CreateDnatRuleRequest(PortMembers):
    """What goes where."""

    client_token: ClientToken = ""
    nat_id: str
    rule_name: str = ""
    public_ip_address: str
    private_ip_address: str
    protocol: Protocol


class BatchAddDnatRulesRequest(Model):
    """Several rules of one NAT gateway."""

    client_token: ClientToken = ""
    nat_id: str
    rules: tuple[BatchedDnatRule, ...]


class UpdateDnatRuleRequest(NatRuleRef, PortMembers):
    """What to change."""

    rule_name: str = ""
    public_ip_address: str = ""
    private_ip_address: str = ""
    protocol: Protocol | None = None


class ListDnatRuleRequest(Model):
    """Whose rules to list."""

    nat_id: str
    marker: str = ""
    max_keys: int = MAX_KEYS


class CreateDnatRuleResponse(TypedDict):
    """The rule that was made."""

    ruleId: str


class BatchAddDnatRulesResponse(TypedDict):
    """The rules that were made, in the order of the request."""

    ruleIds: list[str]


class DnatRuleView(TypedDict):
    """A DNAT rule; a port is 0 and a range an empty text where the rule has none."""

    ruleId: str
    ruleName: str
    publicIpAddress: str
    privateIpAddress: str
    protocol: str
    publicPort: int
    privatePort: int
    publicPortRange: str
    privatePortRange: str
    status: str


class ListDnatRuleResponse(Page):
    """One page of the DNAT rules."""

    rules: list[DnatRuleView]


@operation("POST /v1/nat/{natId}/dnatRule", errors=[NoSuchNat, OperationDenied, LimitExceeded])
def create_dnat_rule(account: AccountRegion, request: CreateDnatRuleRequest) -> CreateDnatRuleResponse:
    """Send what comes to a public address of a NAT gateway to a private one."""
    nat = account.get(Nat, request.nat_id)
    check_rule_name(request.rule_name)
    (made,) = _make(account, nat, [(request.rule_name, _translation(request))])
    return {"ruleId": made}


@operation("POST /v1/nat/{natId}/dnatRule/batchCreate", errors=[NoSuchNat, OperationDenied, LimitExceeded])
def batch_add_dnat_rules(account: AccountRegion, request: BatchAddDnatRulesRequest) -> BatchAddDnatRulesResponse:
    """Make several rules, all or none."""
    nat = account.get(Nat, request.nat_id)
    if not request.rules:
        raise BadRequest("rules is empty")
    for each in request.rules:
        check_rule_name(each.rule_name)
    return {"ruleIds": _make(account, nat, [(each.rule_name, _translation(each)) for each in request.rules])}


@operation("GET /v1/nat/{natId}/dnatRule", errors=[NoSuchNat])
def list_dnat_rule(account: AccountRegion, request: ListDnatRuleRequest) -> ListDnatRuleResponse:
    """List the DNAT rules of a NAT gateway, newest first."""
    nat = account.get(Nat, request.nat_id)
    return page(
        ListDnatRuleResponse,
        account,
        DnatRule,
        "rules",
        _show,
        request.marker,
        request.max_keys,
        of=("nat_id", nat.id),
    )


@operation(
    "PUT /v1/nat/{natId}/dnatRule/{ruleId}",
    "POST /v1/nat/{natId}/dnatRule/{ruleId}",
    errors=[NoSuchNat, NoSuchObject, OperationDenied],
)
def update_dnat_rule(account: AccountRegion, request: UpdateDnatRuleRequest) -> None:
    """Change a rule; what is left out stays."""
    nat, rule = rule_of(account, DnatRule, request)
    check_rule_name(request.rule_name)
    account.check(nat, "change_rules")
    wanted = _translation(request, rule)
    _check(account, nat, [wanted], rule)
    rule.name = request.rule_name or rule.name
    rule.public_ip, rule.private_ip, rule.protocol = wanted.public_ip, wanted.private_ip, wanted.protocol
    rule.public_ports, rule.private_ports = wanted.public_ports, wanted.private_ports


@operation("DELETE /v1/nat/{natId}/dnatRule/{ruleId}", errors=[NoSuchNat, NoSuchObject, OperationDenied])
def delete_dnat_rule(account: AccountRegion, request: NatRuleRef) -> None:
    """Remove a rule."""
    nat, rule = rule_of(account, DnatRule, request)
    account.check(nat, "change_rules")
    account.remove(rule)


def _translation(
    request: CreateDnatRuleRequest | BatchedDnatRule | UpdateDnatRuleRequest, rule: DnatRule | None = None
) -> Translation:
    """What a request wants, with what it leaves out as in the rule that there is."""
    protocol = request.protocol or (rule.protocol if rule else "")
    public_ports, private_ports = ports_of(request)
    if protocol != ALL and rule:
        public_ports = public_ports or rule.public_ports
        private_ports = private_ports or rule.private_ports
    public_ports, private_ports = public_ports or NO_PORTS, private_ports or NO_PORTS
    if protocol == ALL:
        if any((*public_ports, *private_ports)):
            raise BadRequest("ports are for TCP and UDP only")
    elif not protocol or not all((*public_ports, *private_ports)):
        raise BadRequest("protocol is TCP or UDP with a public and a private port, or all")
    if public_ports.last - public_ports.first != private_ports.last - private_ports.first:
        raise BadRequest("the ranges of public and private ports are of one length")
    private_ip = request.private_ip_address or (rule.private_ip if rule else "")
    try:
        parse_address(private_ip)
    except ValueError as error:
        raise BadRequest(f"privateIpAddress: {error}") from None
    public_ip = request.public_ip_address or (rule.public_ip if rule else "")
    return Translation(public_ip, private_ip, protocol, public_ports, private_ports)


def _make(account: AccountRegion, nat: Nat, wanted: list[tuple[str, Translation]]) -> list[str]:
    account.check(nat, "change_rules")
    _check(account, nat, [translation for _, translation in wanted])
    check_quota(account, DNAT_RULE_QUOTA, len(account.where(DnatRule, "nat_id", nat.id)) + len(wanted))
    return [
        account.add(DnatRule(id=account.new_id(DnatRule), nat_id=nat.id, name=name, **translation._asdict())).id
        for name, translation in wanted
    ]


def _check(account: AccountRegion, nat: Nat, wanted: list[Translation], but: DnatRule | None = None) -> None:
    """Refuse rules of addresses that are not bound, or for traffic that another rule is for."""
    there: list[Translation | DnatRule] = [
        each for each in account.where(DnatRule, "nat_id", nat.id) if each is not but
    ]
    for each in wanted:
        if f"v{parse_address(each.private_ip).version}" != nat.ip_version:
            raise BadRequest(f"privateIpAddress is of another version than {nat.id}")
        check_public_ip(account, nat, each.public_ip)
        if any(_meet(each, other) for other in there):
            raise OperationDenied(f"a rule is for {each.protocol} to {each.public_ip} already")
        there.append(each)


def _meet(one: Translation, other: Translation | DnatRule) -> bool:
    if one.public_ip != other.public_ip:
        return False
    if ALL in {one.protocol, other.protocol}:
        return True
    first, last = one.public_ports
    return one.protocol == other.protocol and first <= other.public_ports.last and other.public_ports.first <= last


def _show(rule: DnatRule) -> DnatRuleView:
    public_port, public_range = show_ports(rule.public_ports)
    private_port, private_range = show_ports(rule.private_ports)
    return {
        "ruleId": rule.id,
        "ruleName": rule.name,
        "publicIpAddress": rule.public_ip,
        "privateIpAddress": rule.private_ip,
        "protocol": rule.protocol,
        "publicPort": public_port,
        "privatePort": private_port,
        "publicPortRange": public_range,
        "privatePortRange": private_range,
        "status": ACTIVE,
    }
