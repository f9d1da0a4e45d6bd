"""Rules of enterprise security groups: how they are asked for, what is refused, and which two are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.shared.cidr import Network, parse_network
from bce_emulator.services.shared.ports import ALL_PORTS, parse_ports
from bce_emulator.services.vpc.enterprise_security_group.errors import (
    EsgRuleActionEmpty,
    EsgRuleActionInvalid,
    EsgRuleDirectionInvalid,
    EsgRuleDuplicated,
    EsgRuleEthertypeInvalid,
    EsgRuleIpAddressEmpty,
    EsgRuleIpAddressError,
    EsgRulePortEmpty,
    EsgRulePriorityInvalid,
    EsgRuleProtocolEmpty,
    EsgRuleProtocolInvalid,
    EsgRuleRemarkTooLong,
)
from bce_emulator.services.vpc.enterprise_security_group.resource import (
    RULES,
    EnterpriseSecurityGroup,
    EnterpriseSecurityGroupRule,
)
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.ip_group.resource import IpGroup
from bce_emulator.services.vpc.ip_set.resource import IpSet
from bce_emulator.services.vpc.quotas import check_quota

ALL = "all"
DIRECTIONS, ACTIONS = ("ingress", "egress"), ("allow", "deny")
VERSIONS = {"IPv4": 4, "IPv6": 6}
WITH_PORTS = ("tcp", "udp")
PROTOCOLS = (*WITH_PORTS, "icmp", ALL)
MAX_REMARK, MAX_RULES, MAX_PORTS, MAX_PRIORITY = 255, 20, 15, 1000

RULE_ERRORS = [
    EsgRuleDirectionInvalid,
    EsgRuleEthertypeInvalid,
    EsgRuleProtocolEmpty,
    EsgRuleProtocolInvalid,
    EsgRulePortEmpty,
    EsgRuleActionEmpty,
    EsgRuleActionInvalid,
    EsgRulePriorityInvalid,
    EsgRuleRemarkTooLong,
    EsgRuleIpAddressEmpty,
    EsgRuleIpAddressError,
    EsgRuleDuplicated,
    NoSuchObject,
    LimitExceeded,
]
"""How a rule in a request can be refused."""


class EnterpriseRuleModel(Model):
    """A rule in a request: what clients send of ids and times is ignored."""

    remark: str = ""
    direction: str = ""
    ethertype: str = ""
    port_range: str | None = None
    source_port_range: str = ""
    protocol: str = ""
    source_ip: str = ""
    dest_ip: str = ""
    local_ip: str = ""
    remote_ip_set: str = ""
    remote_ip_group: str = ""
    action: str = ""
    priority: int = 0


class Rule(NamedTuple):
    """What a rule says, in the words of its resource."""

    direction: str
    ethertype: str
    protocol: str
    port_range: str
    source_port_range: str
    address: str
    ip_set_id: str
    ip_group_id: str
    local_ip: str
    action: str
    priority: int
    remark: str


def rule_of(model: EnterpriseRuleModel) -> Rule:
    """The rule that a request describes, or the refusal of its form."""
    if not model.protocol:
        raise EsgRuleProtocolEmpty
    if model.port_range is None and model.protocol in WITH_PORTS:
        raise EsgRulePortEmpty
    if not model.action:
        raise EsgRuleActionEmpty
    rule = Rule(
        direction=model.direction,
        ethertype=model.ethertype or "IPv4",
        protocol=model.protocol,
        port_range=model.port_range or ALL_PORTS,
        source_port_range=model.source_port_range or ALL_PORTS,
        address=model.source_ip if model.direction == "ingress" else model.dest_ip,
        ip_set_id=model.remote_ip_set,
        ip_group_id=model.remote_ip_group,
        local_ip=model.local_ip,
        action=model.action,
        priority=model.priority,
        remark=model.remark,
    )
    check_form(rule)
    for address in (model.source_ip, model.dest_ip):
        network_of(address, rule.ethertype)
    return rule


def check_form(rule: Rule) -> None:
    """Refuse what no rule can say."""
    if rule.direction not in DIRECTIONS:
        raise EsgRuleDirectionInvalid
    if rule.ethertype not in VERSIONS:
        raise EsgRuleEthertypeInvalid
    if rule.protocol not in PROTOCOLS:
        raise EsgRuleProtocolInvalid
    if rule.action not in ACTIONS:
        raise EsgRuleActionInvalid
    if not 1 <= rule.priority <= MAX_PRIORITY:
        raise EsgRulePriorityInvalid
    if len(rule.remark) > MAX_REMARK:
        raise EsgRuleRemarkTooLong
    ports_of(rule.port_range, "portRange")
    ports_of(rule.source_port_range, "sourcePortRange")
    others = [each for each in (rule.address, rule.ip_set_id, rule.ip_group_id) if each]
    if not others:
        raise EsgRuleIpAddressEmpty
    if len(others) > 1:
        raise BadRequest("an address, remoteIpSet and remoteIpGroup exclude each other")
    for address in (rule.address, rule.local_ip):
        network_of(address, rule.ethertype)


def ports_of(text: str, member: str) -> tuple[tuple[int, int], ...]:
    """The ports that a rule is for: one range, or some ports with commas."""
    parts = text.split(",")
    ranges = [ports for part in parts if (ports := parse_ports(part)) is not None]
    if len(ranges) != len(parts):
        raise BadRequest(f"{member} is within {ALL_PORTS}, the lower end first")
    if len(parts) > 1 and (len(parts) > MAX_PORTS or any(low != high for low, high in ranges)):
        raise BadRequest(f"{member} is one range, or at most {MAX_PORTS} single ports")
    return tuple(sorted(ranges))


def network_of(text: str, ethertype: str) -> Network | str:
    """The network that a rule names; ``all`` and the empty text stand for themselves."""
    if text in {"", ALL}:
        return text
    try:
        network = parse_network(text, strict=False)
    except ValueError:
        raise EsgRuleIpAddressError(f"{text[:64]!r} is no address and no CIDR") from None
    if network.version != VERSIONS[ethertype]:
        raise EsgRuleIpAddressError(f"{text[:64]!r} is not {ethertype}")
    return ALL if network.prefixlen == 0 else network


def same(rule: Rule) -> tuple[object, ...]:
    """What two rules of a group must not have in common, however it is written."""
    return (
        rule.direction,
        rule.ethertype,
        rule.protocol,
        ports_of(rule.port_range, ""),
        ports_of(rule.source_port_range, ""),
        network_of(rule.address, rule.ethertype),
        network_of(rule.local_ip, rule.ethertype),
        rule.ip_set_id,
        rule.ip_group_id,
        rule.action,
    )


def check_beside(account: AccountRegion, rules: Sequence[Rule], others: Sequence[Rule]) -> None:
    """Refuse rules that name what is not there, that are the same as others, or that are too many with them."""
    for rule in rules:
        ip_set = account.get(IpSet, rule.ip_set_id) if rule.ip_set_id else None
        ip_group = account.get(IpGroup, rule.ip_group_id) if rule.ip_group_id else None
        if any(named and named.ip_version != rule.ethertype for named in (ip_set, ip_group)):
            raise BadRequest(f"what the rule names is not of {rule.ethertype}")
    together = [*others, *rules]
    if len({same(rule) for rule in together}) < len(together):
        raise EsgRuleDuplicated
    for number in Counter(rule.direction for rule in together).values():
        check_quota(account, RULES, number)


def rules_of(account: AccountRegion, group_id: str) -> list[EnterpriseSecurityGroupRule]:
    """The rules of a group, oldest first."""
    return sorted(account.where(EnterpriseSecurityGroupRule, "group_id", group_id), key=lambda rule: rule.serial)


def said_by(rule: EnterpriseSecurityGroupRule) -> Rule:
    """What a rule that is there says."""
    return Rule(**{name: getattr(rule, name) for name in Rule._fields})


def add_rules(account: AccountRegion, group: EnterpriseSecurityGroup, rules: Sequence[Rule]) -> None:
    """Give a group further rules that were found good."""
    for rule in rules:
        account.add(
            EnterpriseSecurityGroupRule(
                id=account.new_id(EnterpriseSecurityGroupRule),
                group_id=group.id,
                updated=account.clock.now(),
                **rule._asdict(),
            )
        )


def check_number(models: Sequence[EnterpriseRuleModel]) -> None:
    """Refuse more rules than a request can have."""
    if len(models) > MAX_RULES:
        raise BadRequest(f"a request has at most {MAX_RULES} rules")
