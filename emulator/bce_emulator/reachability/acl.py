"""ACLs of subnets: what goes in or out of one, by rules that know nothing of what went before."""

from __future__ import annotations

from bce_emulator.reachability.packet import Packet, ports_fit, protocol_fits, within
from bce_emulator.reachability.path import BACK, RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place
from bce_emulator.services.vpc.acl.resource import AclRule

CONCERN = "ACL"


def check_acl(walk: Walk, place: Place, packet: Packet, direction: str) -> None:
    """Whether the ACL of a place's subnet lets a packet in or out."""
    subnet = place.subnet
    rules = sorted(
        (
            rule
            for rule in place.region.where(AclRule, "subnet_id", subnet.id)
            if rule.direction == direction and rule.ip_version == packet.version
        ),
        key=lambda rule: (rule.position, rule.serial),
    )
    walk.comes_by(RuleOnTheWay(CONCERN, subnet.id, rule.id, _said(rule)) for rule in rules)
    for rule in rules:
        if _fits(rule, packet):
            if rule.action == "allow":
                walk.passed(CONCERN, subnet, f"{subnet.id} allows {_said(rule)}", "acl.position", rule.id)
                return
            raise walk.stopped(
                CONCERN,
                subnet,
                f"{subnet.id} denies {_said(rule)}",
                "acl.stateless" if walk.leg == BACK else "acl.position",
                f"without {rule.id}, or with a rule of a position below {rule.position} to allow {direction} {packet}"
                + (f" from port {packet.source_port}" if packet.source_port else ""),
                rule.id,
            )
    walk.passed(CONCERN, subnet, f"no rule of {subnet.id} is for {direction} {packet}", "acl.default")


def _fits(rule: AclRule, packet: Packet) -> bool:
    return (
        protocol_fits(packet, rule.protocol)
        and within(packet.source, rule.source)
        and within(packet.destination, rule.destination)
        and ports_fit(packet, packet.source_port, rule.source_port)
        and ports_fit(packet, packet.port, rule.destination_port)
    )


def _said(rule: AclRule) -> str:
    return (
        f"{rule.direction} {rule.protocol} {rule.source} port {rule.source_port} to {rule.destination} "
        f"port {rule.destination_port} ({rule.action}, position {rule.position})"
    )
