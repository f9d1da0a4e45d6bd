"""Security groups of both kinds: what they let a place send and get."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.reachability.first_fit import EVERYBODY, FirstFit, Ranged
from bce_emulator.reachability.packet import ALL, Packet, ports_fit, protocol_fits
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place, holders_of, place_of
from bce_emulator.reachability.sentence import Sentence, say
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroupRule as EnterpriseRule
from bce_emulator.services.vpc.ip_group.resource import IpGroup
from bce_emulator.services.vpc.ip_set.resource import IpSet
from bce_emulator.services.vpc.security_group.resource import Rule, SecurityGroup

INGRESS, EGRESS = "ingress", "egress"
ORDINARY, ENTERPRISE = "security group", "enterprise security group"
WORDS = {INGRESS: say("from"), EGRESS: say("to")}
Grouped = tuple[SecurityGroup, Rule]
Ids = tuple[str, ...]


def check_groups(walk: Walk, place: Place, packet: Packet, direction: str) -> None:
    """Whether the groups of a place let a packet in or out; both kinds have to, where something is in both."""
    group_ids, enterprise_group_ids = place.group_ids, place.enterprise_group_ids
    if not group_ids and not enterprise_group_ids:
        walk.passed(ORDINARY, place.holder, say("{0} is in no security group", place), "group.none")
    if group_ids:
        _check_ordinary(walk, place, packet, direction, group_ids)
    if enterprise_group_ids:
        _check_enterprise(walk, place, packet, direction, enterprise_group_ids)


def _check_ordinary(walk: Walk, place: Place, packet: Packet, direction: str, group_ids: Ids) -> None:
    about = ORDINARY, place.region, group_ids, direction
    remote = _remote(packet, direction)
    rules, named = walk.once(about, lambda: _rules(walk, place.region, group_ids, direction))
    members = named & _groups_at(place.region, remote, place.vpc_id) if named else named
    judge = walk.once((about, packet.version, packet.ports, members), lambda: _judge(rules, packet, members))
    found = judge.between(remote, remote)
    if walk.settles(found is not None):
        return
    if found is not None:
        group, rule = found
        text = say("{0} allows {1}", group.id, _said(rule))
        walk.passed(ORDINARY, group, text, "group.reference" if _group_of(rule) else "group.allow", rule.id)
        return
    groups = [place.region.get(SecurityGroup, each) for each in group_ids]
    wanted = _wanted(packet, direction)
    raise walk.stopped(
        ORDINARY,
        groups[0],
        say("no rule of {0} allows {1}", ", ".join(group.id for group in groups), wanted),
        "group.default",
        say("a rule of {0} for {1}", groups[0].id, wanted),
    )


def _rules(walk: Walk, region: AccountRegion, group_ids: Ids, direction: str) -> tuple[list[Grouped], frozenset[str]]:
    """The rules of some groups, and the groups that those name."""
    groups = [region.get(SecurityGroup, each) for each in group_ids]
    rules = [(group, rule) for group in groups for rule in group.rules if rule.direction == direction]
    walk.comes_by(RuleOnTheWay(ORDINARY, group.id, rule.id, str(_said(rule))) for group, rule in rules)
    return rules, frozenset(_group_of(rule) for _, rule in rules) - {""}


def _judge(rules: list[Grouped], packet: Packet, members: frozenset[str]) -> FirstFit[Grouped]:
    """What a rule allows is a range, or everybody, if it names a group that the other end is in."""
    return FirstFit(
        Ranged((group, rule), EVERYBODY, EVERYBODY if _group_of(rule) else (_network_of(rule),))
        for group, rule in rules
        if rule.ethertype == f"IPv{packet.version}"
        and protocol_fits(packet, rule.protocol)
        and ports_fit(packet, packet.port, rule.port_range)
        and (_group_of(rule) in members if _group_of(rule) else _network_of(rule))
    )


def _group_of(rule: Rule) -> str:
    return rule.source_group_id if rule.direction == INGRESS else rule.dest_group_id


def _network_of(rule: Rule) -> str:
    return rule.source_ip if rule.direction == INGRESS else rule.dest_ip


def _groups_at(region: AccountRegion, address: str, vpc_id: str) -> frozenset[str]:
    """The groups of what has an address, first of all in the same VPC; a group of another one can be named too."""
    found = [place_of(region, each, address) for each in holders_of(region, address)]
    here = [each for each in found if each.vpc_id == vpc_id]
    return frozenset(group_id for each in here or found for group_id in each.group_ids)


def _check_enterprise(walk: Walk, place: Place, packet: Packet, direction: str, group_ids: Ids) -> None:
    region = place.region
    about = ENTERPRISE, region, group_ids, direction
    rules = walk.once(about, lambda: _enterprise_rules(walk, region, group_ids, direction))
    judge = walk.once((about, packet.version, packet.ports), lambda: _judge_enterprise(region, rules, packet))
    remote, local = _remote(packet, direction), _remote(packet, EGRESS if direction == INGRESS else INGRESS)
    rule = judge.between(local, remote)
    if walk.settles(rule is not None and rule.action == "allow"):
        return
    wanted = _wanted(packet, direction)
    if rule is not None:
        group = region.get(EnterpriseSecurityGroup, rule.group_id)
        if rule.action == "allow":
            text = say("{0} allows {1}", group.id, _said_enterprise(rule))
            walk.passed(ENTERPRISE, group, text, "esg.priority", rule.id)
            return
        raise walk.stopped(
            ENTERPRISE,
            group,
            say("{0} denies {1}", group.id, _said_enterprise(rule)),
            "esg.priority",
            say("without {0}, or with a rule to allow {1} of a priority below {2}", rule.id, wanted, rule.priority),
            rule.id,
        )
    first = region.get(EnterpriseSecurityGroup, group_ids[0])
    raise walk.stopped(
        ENTERPRISE,
        first,
        say("no rule of {0} is for {1}", ", ".join(group_ids), wanted),
        "esg.default",
        say("a rule of {0} to allow {1}", first.id, wanted),
    )


def _enterprise_rules(walk: Walk, region: AccountRegion, group_ids: Ids, direction: str) -> list[EnterpriseRule]:
    rules = sorted(
        (
            rule
            for group_id in group_ids
            for rule in region.where(EnterpriseRule, "group_id", group_id)
            if rule.direction == direction
        ),
        key=lambda rule: (rule.priority, rule.action != "deny", rule.serial),
    )
    walk.comes_by(RuleOnTheWay(ENTERPRISE, rule.group_id, rule.id, str(_said_enterprise(rule))) for rule in rules)
    return rules


def _judge_enterprise(region: AccountRegion, rules: list[EnterpriseRule], packet: Packet) -> FirstFit[EnterpriseRule]:
    return FirstFit(
        Ranged(rule, (rule.local_ip or ALL,), _addresses(region, rule))
        for rule in rules
        if rule.ethertype == f"IPv{packet.version}"
        and protocol_fits(packet, rule.protocol)
        and ports_fit(packet, packet.port, rule.port_range)
        and ports_fit(packet, packet.source_port, rule.source_port_range)
    )


def _addresses(region: AccountRegion, rule: EnterpriseRule) -> tuple[str, ...]:
    """Whom a rule names: an address, or those of an IP set or of the sets of an IP group."""
    if rule.address:
        return (rule.address,)
    set_ids = (rule.ip_set_id,) if rule.ip_set_id else region.get(IpGroup, rule.ip_group_id).ip_set_ids
    return tuple(each.address for set_id in set_ids for each in region.get(IpSet, set_id).addresses)


def _remote(packet: Packet, direction: str) -> str:
    return packet.source if direction == INGRESS else packet.destination


def _wanted(packet: Packet, direction: str) -> Sentence:
    port = f" {packet.port}" if packet.port else ""
    return say("{0} {1}{2} {3} {4}", direction, packet.protocol, port, WORDS[direction], _remote(packet, direction))


def _said(rule: Rule) -> Sentence:
    remote = (
        (rule.source_group_id or rule.source_ip) if rule.direction == INGRESS else (rule.dest_group_id or rule.dest_ip)
    )
    return say(
        "{0} {1} {2} {3} {4}", rule.direction, rule.protocol, rule.port_range, WORDS[rule.direction], remote or ALL
    )


def _said_enterprise(rule: EnterpriseRule) -> Sentence:
    remote = rule.address or rule.ip_set_id or rule.ip_group_id
    return say(
        "{0} {1} {2} {3} {4} ({5}, priority {6})",
        rule.direction,
        rule.protocol,
        rule.port_range,
        WORDS[rule.direction],
        remote,
        rule.action,
        rule.priority,
    )
