"""ACLs of subnets: what goes in or out of one, by rules that know nothing of what went before."""

from __future__ import annotations

from bce_emulator.reachability.first_fit import FirstFit, Ranged
from bce_emulator.reachability.packet import Packet, ports_fit, protocol_fits
from bce_emulator.reachability.path import BACK, RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place
from bce_emulator.reachability.sentence import Sentence, say
from bce_emulator.services.vpc.acl.resource import AclRule

CONCERN = "ACL"


def check_acl(walk: Walk, place: Place, packet: Packet, direction: str) -> None:
    """Whether the ACL of a place's subnet lets a packet in or out."""
    subnet = place.subnet
    about = CONCERN, place.region, subnet.id, direction, packet.version
    judge = walk.once(
        (about, packet.ports), lambda: _judge(walk.once(about, lambda: _rules(walk, place, packet, direction)), packet)
    )
    rule = judge.between(packet.source, packet.destination)
    if walk.settles(rule is None or rule.action == "allow"):
        return
    if rule is None:
        walk.passed(CONCERN, subnet, say("no rule of {0} is for {1} {2}", subnet.id, direction, packet), "acl.default")
    elif rule.action == "allow":
        walk.passed(CONCERN, subnet, say("{0} allows {1}", subnet.id, _said(rule)), "acl.position", rule.id)
    else:
        raise walk.stopped(
            CONCERN,
            subnet,
            say("{0} denies {1}", subnet.id, _said(rule)),
            "acl.stateless" if walk.leg == BACK else "acl.position",
            say(
                "without {0}, or with a rule of a position below {1} to allow {2} {3}{4}",
                rule.id,
                rule.position,
                direction,
                packet,
                say(" from port {0}", packet.source_port) if packet.source_port else "",
            ),
            rule.id,
        )


def _rules(walk: Walk, place: Place, packet: Packet, direction: str) -> list[AclRule]:
    rules = sorted(
        (
            rule
            for rule in place.region.where(AclRule, "subnet_id", place.subnet.id)
            if rule.direction == direction and rule.ip_version == packet.version
        ),
        key=lambda rule: (rule.position, rule.serial),
    )
    walk.comes_by(RuleOnTheWay(CONCERN, place.subnet.id, rule.id, str(_said(rule))) for rule in rules)
    return rules


def _judge(rules: list[AclRule], packet: Packet) -> FirstFit[AclRule]:
    return FirstFit(
        Ranged(rule, (rule.source,), (rule.destination,))
        for rule in rules
        if protocol_fits(packet, rule.protocol)
        and ports_fit(packet, packet.source_port, rule.source_port)
        and ports_fit(packet, packet.port, rule.destination_port)
    )


def _said(rule: AclRule) -> Sentence:
    return say(
        "{0} {1} {2} port {3} to {4} port {5} ({6}, position {7})",
        rule.direction,
        rule.protocol,
        rule.source,
        rule.source_port,
        rule.destination,
        rule.destination_port,
        rule.action,
        rule.position,
    )
