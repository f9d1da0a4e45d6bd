"""Entrances: how what comes from outside gets into a VPC."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.reachability.gateways import (
    EIP,
    INTERNET,
    IPV6,
    LINE,
    NAT,
    PREMISES,
    Crossing,
    check_eip,
    check_line,
    check_nat,
    check_tunnel,
    gateway_of,
    notes_of,
    said_dnat,
    way_of,
)
from bce_emulator.reachability.packet import WITH_PORTS, Packet, within
from bce_emulator.reachability.path import Walk
from bce_emulator.reachability.places import ASK, Place, holders_of, place_of, place_of_eip, regions_of
from bce_emulator.reachability.routes import LOCAL, OWN_EIP, next_hop
from bce_emulator.reachability.sentence import say
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.eip.story import target_of
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.ipv6_gateway.resource import EgressOnlyRule
from bce_emulator.services.vpc.nat.resource import DnatRule, Nat
from bce_emulator.services.vpc.vpn.resource import Vpn


def from_internet(walk: Walk, region: AccountRegion, packet: Packet) -> Crossing:
    """Where a packet from the internet comes out: in a VPC, or still outside if nothing here has its destination."""
    for each in regions_of(region):
        eip = each.find_by(Eip, "address", packet.destination)
        if eip is not None:
            return _by_eip(walk, each, eip, packet)
    if packet.version == 6:
        for each in regions_of(region):
            for holder in holders_of(each, packet.destination):
                return _by_ipv6(walk, place_of(each, holder, packet.destination), packet)
    return Crossing((INTERNET, ""), packet, outside=INTERNET)


def _by_eip(walk: Walk, region: AccountRegion, eip: Eip, packet: Packet) -> Crossing:
    target = target_of(region, eip)
    if target is None:
        raise walk.stopped(
            EIP, eip, say("{0} is bound to nothing", eip.address), "eip.bound", say("bind {0}", eip.address)
        )
    check_eip(walk, region, eip.address)
    if isinstance(target, Nat):
        return _by_dnat(walk, region, target, packet)
    place = place_of_eip(region, eip)
    if place is None:
        text = say("{0} belongs to {1}, which serves nothing there", eip.address, target.id)
        raise walk.stopped(EIP, eip, text, "eip.bound", say("bind {0} to what serves", eip.address))
    return Crossing((OWN_EIP, eip.address), packet._replace(destination=place.address), region, place.vpc_id)


def _by_dnat(walk: Walk, region: AccountRegion, nat: Nat, packet: Packet) -> Crossing:
    check_nat(walk, nat)
    walk.once((NAT, region, nat.id), lambda: walk.comes_by(notes_of(region, nat)))
    rule = next((each for each in region.where(DnatRule, "nat_id", nat.id) if _is_for(each, packet)), None)
    if rule is None:
        text = say("no DNAT rule of {0} is for {1}", nat.id, packet)
        raise walk.stopped(NAT, nat, text, "nat.dnat", say("a DNAT rule for {0}", packet))
    port = packet.port - rule.public_ports.first + rule.private_ports.first if rule.public_ports.first else packet.port
    walk.passed(NAT, nat, say("{0}: {1}", nat.id, said_dnat(rule)), "nat.dnat", rule.id)
    inside = packet._replace(destination=rule.private_ip, port=port)
    return Crossing(("nat", nat.id), inside, region, nat.vpc_id)


def _is_for(rule: DnatRule, packet: Packet) -> bool:
    if rule.public_ip != packet.destination:
        return False
    first, last = rule.public_ports
    return not first or (rule.protocol.lower() == packet.protocol and first <= packet.port <= last)


def _by_ipv6(walk: Walk, place: Place, packet: Packet) -> Crossing:
    gateway = gateway_of(place.region, place.vpc_id)
    if gateway is None:
        text = say("{0} has no IPv6 gateway", place.vpc_id)
        raise walk.stopped(IPV6, None, text, "ipv6.gateway", say("an IPv6 gateway in {0}", place.vpc_id))
    for rule in place.region.where(EgressOnlyRule, "gateway_id", gateway.id):
        if within(packet.destination, rule.cidr):
            text = say("{0} has {1} reach out only", rule.id, rule.cidr)
            raise walk.stopped(IPV6, gateway, text, "ipv6.egress_only", say("without {0}", rule.id), rule.id)
    walk.passed(IPV6, gateway, say("by {0}", gateway.id), "ipv6.gateway")
    return Crossing(("ipv6gateway", gateway.id), packet, place.region, place.vpc_id)


def public_packet(walk: Walk, place: Place, packet: Packet) -> Packet:
    """What the internet has to send to reach a place: by its EIP, by a DNAT rule for it, or to its IPv6 address."""
    if place.public_ip:
        return packet._replace(destination=place.public_ip)
    if packet.version == 6:
        return packet
    for nat in place.region.where(Nat, "vpc_id", place.vpc_id):
        for rule in place.region.where(DnatRule, "nat_id", nat.id):
            first, last = rule.private_ports
            if rule.private_ip == place.address and (
                not first or (rule.protocol.lower() == packet.protocol and first <= packet.port <= last)
            ):
                port = packet.port - first + rule.public_ports.first if first else packet.port
                return packet._replace(destination=rule.public_ip, port=port)
    on = f" {packet.protocol} {packet.port}" if packet.protocol in WITH_PORTS else " icmp"
    raise walk.stopped(
        EIP,
        place.holder,
        say("{0} has no EIP, and no DNAT rule leads to it", place),
        "eip.none",
        say("bind an EIP to {0}, or make a DNAT rule for{1} to it", place.address, on),
    )


def from_premises(walk: Walk, place: Place, packet: Packet) -> Crossing:
    """How a packet from beyond a tunnel or a line gets to a place: by what the answer leaves by."""
    hop = next_hop(walk, place, packet.answer())
    if isinstance(hop.gateway, Vpn):
        check_tunnel(walk, place.region, hop.gateway, packet.destination, packet.source)
    elif isinstance(hop.gateway, EtGateway):
        check_line(walk, hop.gateway, packet.destination)
    elif hop.kind == LOCAL:
        raise walk.stopped(
            "address", None, say("nothing in {0} has {1}", place.vpc_id, packet.source), "address.held", ASK
        )
    else:
        raise walk.stopped(
            LINE,
            hop.gateway,
            say("{0} has neither a tunnel nor a line to {1}", place.vpc_id, packet.source),
            "line.bound",
            say("a route to {0} by a VPN gateway or a dedicated gateway", packet.source),
        )
    return Crossing(way_of(place.region, hop), packet, place.region, place.vpc_id, PREMISES)
