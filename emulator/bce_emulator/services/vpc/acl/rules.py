"""Add, change and remove the rules of ACLs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.shared.cidr import parse_network
from bce_emulator.services.shared.ports import ALL_PORTS, parse_ports
from bce_emulator.services.vpc.acl.errors import (
    DuplicatePosition,
    InvalidAction,
    InvalidPort,
    InvalidPosition,
    InvalidProtocol,
)
from bce_emulator.services.vpc.acl.resource import RULES, AclRule
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.subnet.resource import Subnet

ALL = "all"
PROTOCOLS, ACTIONS = frozenset({ALL, "tcp", "udp", "icmp"}), frozenset({"allow", "deny"})
MAX_AT_ONCE, LAST_POSITION = 20, 32768
ERRORS = [NoSuchObject, InvalidAction, InvalidProtocol, InvalidPort, InvalidPosition, DuplicatePosition]


class AclRuleModel(Model):
    """A rule in a request. An id or a name in it counts for nothing."""

    subnet_id: str
    description: str = ""
    protocol: str = ""
    source_ip_address: str
    destination_ip_address: str
    source_port: str = ""
    destination_port: str = ""
    position: int = 0
    direction: Literal["ingress", "egress"]
    ip_version: Literal[4, 6] = 4
    action: str = ""


class AddAclRuleRequest(Model):
    """Which rules to add; each names its subnet."""

    client_token: ClientToken = ""
    acl_rules: tuple[AclRuleModel, ...]


class UpdateAclRulesRequest(Model):
    """Which rule to change, and what of it; it stays in its subnet and its direction."""

    client_token: ClientToken = ""
    acl_rule_id: str
    description: str | None = None
    protocol: str = ""
    source_ip_address: str = ""
    destination_ip_address: str = ""
    source_port: str = ""
    destination_port: str = ""
    position: int | None = None
    action: str = ""


class DeleteAclRuleRequest(Model):
    """Which rule to remove."""

    client_token: ClientToken = ""
    acl_rule_id: str


class Place(NamedTuple):
    """Where a rule stands, which no other one does."""

    subnet_id: str
    direction: str
    ip_version: int
    position: int


@operation("POST /v1/acl/rule", errors=[*ERRORS, LimitExceeded], doc="https://cloud.baidu.com/doc/VPC/s/2jwvyu5h6")
def add_acl_rule(account: AccountRegion, request: AddAclRuleRequest) -> None:
    """Add rules to the ACLs of subnets, all or none."""
    if not request.acl_rules:
        raise BadRequest("aclRules has one rule at least")
    if len(request.acl_rules) > MAX_AT_ONCE:
        raise LimitExceeded(f"a request has at most {MAX_AT_ONCE} rules")
    rules = [_rule(account, model) for model in request.acl_rules]
    subnets = {rule.subnet_id for rule in rules}
    beside = [rule for subnet_id in subnets for rule in account.where(AclRule, "subnet_id", subnet_id)]
    _check_places((*beside, *rules))
    for number in Counter((rule.subnet_id, rule.direction) for rule in (*beside, *rules)).values():
        check_quota(account, RULES, number)
    for rule in rules:
        rule.id = account.new_id(AclRule)
        account.add(rule)


@operation("PUT /v1/acl/rule/{aclRuleId}", errors=ERRORS, doc="https://cloud.baidu.com/doc/VPC/s/sjwvyuhe7")
def update_acl_rules(account: AccountRegion, request: UpdateAclRulesRequest) -> None:
    """Change a rule of an ACL."""
    rule = account.get(AclRule, request.acl_rule_id)
    changed = _copy(rule)
    changed.desc = rule.desc if request.description is None else request.description
    changed.protocol = request.protocol or rule.protocol
    changed.source = request.source_ip_address or rule.source
    changed.destination = request.destination_ip_address or rule.destination
    changed.source_port = request.source_port or rule.source_port
    changed.destination_port = request.destination_port or rule.destination_port
    changed.position = rule.position if request.position is None else request.position
    changed.action = request.action or rule.action
    _check_form(changed)
    others = [each for each in account.where(AclRule, "subnet_id", rule.subnet_id) if each is not rule]
    _check_places((*others, changed))
    for name in FIELDS:
        setattr(rule, name, getattr(changed, name))


@operation("DELETE /v1/acl/rule/{aclRuleId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Qjwvyu6w3")
def delete_acl_rule(account: AccountRegion, request: DeleteAclRuleRequest) -> None:
    """Remove a rule from an ACL."""
    account.remove(account.get(AclRule, request.acl_rule_id))


FIELDS = (
    "subnet_id",
    "desc",
    "protocol",
    "source",
    "destination",
    "source_port",
    "destination_port",
    "position",
    "direction",
    "ip_version",
    "action",
)
"""What a rule says."""


def _copy(rule: AclRule) -> AclRule:
    return AclRule(id=rule.id, **{name: getattr(rule, name) for name in FIELDS})


def _rule(account: AccountRegion, model: AclRuleModel) -> AclRule:
    """The rule that a request describes, without an id, or the refusal of its form."""
    rule = AclRule(
        id="",
        subnet_id=account.get(Subnet, model.subnet_id).id,
        desc=model.description,
        protocol=model.protocol,
        source=model.source_ip_address,
        destination=model.destination_ip_address,
        source_port=model.source_port or ALL_PORTS,
        destination_port=model.destination_port or ALL_PORTS,
        position=model.position,
        direction=model.direction,
        ip_version=model.ip_version,
        action=model.action,
    )
    _check_form(rule)
    return rule


def _check_form(rule: AclRule) -> None:
    check_description(rule.desc)
    if rule.action not in ACTIONS:
        raise InvalidAction
    if rule.protocol not in PROTOCOLS:
        raise InvalidProtocol
    if not 1 <= rule.position <= LAST_POSITION:
        raise InvalidPosition
    for ports in (rule.source_port, rule.destination_port):
        if parse_ports(ports) is None:
            raise InvalidPort(f"{ports[:32]!r} is no port and no range of ports")
    for address in (rule.source, rule.destination):
        _check_address(address, rule.ip_version)


def _check_address(text: str, version: int) -> None:
    if text == ALL:
        return
    try:
        network = parse_network(text, strict=False)
    except ValueError:
        raise BadRequest(f"{text[:64]!r} is no address and no CIDR") from None
    if network.version != version:
        raise BadRequest(f"{text} is not of IP version {version}")


def _check_places(rules: Iterable[AclRule]) -> None:
    places = [Place(rule.subnet_id, rule.direction, rule.ip_version, rule.position) for rule in rules]
    if len(set(places)) < len(places):
        raise DuplicatePosition
