"""Route tables: where a packet goes next from a VPC."""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.reachability.first_fit import FirstFit, Ranged
from bce_emulator.reachability.packet import Packet, is_private, span
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place, in_vpc
from bce_emulator.reachability.sentence import Sentence, say
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.route.next_hop import NEXT_HOPS
from bce_emulator.services.vpc.route.resource import STANDBY, RouteRule, RouteTable
from bce_emulator.services.vpc.vpc.resource import Vpc

CONCERN = "route"
LOCAL, OWN_EIP = "local", "eip"
DEFAULT_GATEWAY = "defaultGateway"
"""What a rule leads to that leaves the way out to the own EIP."""


class Next(NamedTuple):
    """Where a packet goes next: the word for it as in route rules, and the gateway if it is one."""

    kind: str
    gateway: Resource | None = None


def next_hop(walk: Walk, place: Place, packet: Packet) -> Next:
    """Where what a place sends goes next."""
    region = place.region
    vpc = region.get(Vpc, place.vpc_id)
    if in_vpc(packet.destination, vpc):
        walk.passed(CONCERN, vpc, say("{0} is within {1}", packet.destination, vpc.id), "route.local")
        return Next(LOCAL)
    table = region.find_by(RouteTable, "vpc_id", vpc.id)
    judge = walk.once((CONCERN, region, vpc.id), lambda: _judge(walk, region, table))
    rule = judge.between(packet.source, packet.destination)
    if not is_private(packet.destination) and place.public_ip and _leaves_to_eip(rule):
        walk.passed(CONCERN, place.holder, say("{0} belongs to {1}", place.public_ip, packet.source), "eip.first")
        return Next(OWN_EIP)
    at = table or vpc
    if rule is None or rule.next_hop_type == DEFAULT_GATEWAY:
        remedy = "a rule of {0} from {1} to {2}"
        if not is_private(packet.destination):
            remedy = "a rule of {0} from {1} to {2}, or an EIP of {1}"
        text = say("no rule of {0} leads from {1} to {2}", at.id, packet.source, packet.destination)
        raise walk.stopped(CONCERN, at, text, "route.none", say(remedy, at.id, packet.source, packet.destination))
    gateway = _gateway(region, rule)
    if gateway is None:
        raise walk.stopped(
            CONCERN,
            at,
            say("{0} has lost its next hop", _said(rule)),
            "route.nowhere",
            say("another next hop for {0}", rule.id),
            rule.id,
        )
    is_line = rule.path_type != "normal"
    walk.passed(CONCERN, at, _said(rule), "route.lines" if is_line else "route.longest", rule.id)
    return Next(rule.next_hop_type, gateway)


def _judge(walk: Walk, region: AccountRegion, table: RouteTable | None) -> FirstFit[RouteRule]:
    rules = region.where(RouteRule, "route_table_id", table.id) if table else []
    walk.comes_by(RuleOnTheWay(CONCERN, rule.route_table_id, rule.id, str(_said(rule))) for rule in rules)
    ranked = sorted(rules, key=lambda rule: _rank(region, rule))
    return FirstFit(Ranged(rule, (rule.source,), (rule.destination,)) for rule in ranked)


def _rank(region: AccountRegion, rule: RouteRule) -> tuple[int, int, bool, bool, int]:
    has_no_line = rule.path_type != "normal" and not _carries(region, rule)
    is_standby = rule.path_type == STANDBY
    return -span(rule.destination).bits, -span(rule.source).bits, has_no_line, is_standby, rule.serial


def _carries(region: AccountRegion, rule: RouteRule) -> bool:
    gateway = region.find(EtGateway, rule.next_hop_id)
    return gateway is not None and bool(gateway.et_id)


def _leaves_to_eip(rule: RouteRule | None) -> bool:
    return rule is None or span(rule.destination).bits == 0


def _gateway(region: AccountRegion, rule: RouteRule) -> Resource | None:
    kind = NEXT_HOPS.get(rule.next_hop_type)
    return region.find(kind.kind, rule.next_hop_id) if kind else None


def _said(rule: RouteRule) -> Sentence:
    hop = f"{rule.next_hop_type} {rule.next_hop_id}".strip()
    line = "" if rule.path_type == "normal" else f" ({rule.path_type})"
    return say("{0} from {1} to {2} by {3}{4}", rule.id, rule.source, rule.destination, hop, line)
