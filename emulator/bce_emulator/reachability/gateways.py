"""Gateways: what a packet becomes when it leaves a VPC, and where it comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.reachability.packet import Packet, span, within
from bce_emulator.reachability.path import RuleOnTheWay, Walk
from bce_emulator.reachability.places import Place, in_vpc
from bce_emulator.reachability.routes import LOCAL, OWN_EIP, Next, next_hop
from bce_emulator.reachability.sentence import Sentence, say
from bce_emulator.services.eip.eip.lifecycle import BINDED
from bce_emulator.services.eip.eip.lifecycle import UPDATING as EIP_UPDATING
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.vpc.et_gateway.resource import EtGateway
from bce_emulator.services.vpc.ipv6_gateway.resource import Ipv6Gateway
from bce_emulator.services.vpc.nat.lifecycle import ACTIVE as NAT_ACTIVE
from bce_emulator.services.vpc.nat.lifecycle import IN_USE as NAT_IN_USE
from bce_emulator.services.vpc.nat.resource import DnatRule, Nat, SnatRule
from bce_emulator.services.vpc.peerconn.ends import other_end
from bce_emulator.services.vpc.peerconn.lifecycle import IN_USE as PEER_IN_USE
from bce_emulator.services.vpc.peerconn.lifecycle import UPDATING as PEER_UPDATING
from bce_emulator.services.vpc.peerconn.resource import PeerConn
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer
from bce_emulator.services.vpc.vpc.resource import Vpc
from bce_emulator.services.vpc.vpn.lifecycle import ACTIVE as VPN_ACTIVE
from bce_emulator.services.vpc.vpn.resource import Vpn
from bce_emulator.services.vpc.vpn_conn.resource import VpnConn

NAT, PEER, TUNNEL, LINE, IPV6, EIP = "NAT", "peer connection", "VPN", "dedicated line", "IPv6 gateway", "EIP"
INTERNET, PREMISES = "internet", "premises"


class Crossing(NamedTuple):
    """A packet as it comes out: by which way, and in which VPC, or outside all of them."""

    way: tuple[str, str]
    packet: Packet
    region: AccountRegion | None = None
    vpc_id: str = ""
    outside: str = ""


def cross(walk: Walk, place: Place, packet: Packet) -> Crossing:
    """Where what a place sends comes out."""
    hop = next_hop(walk, place, packet)
    leave = LEAVE.get(hop.kind)
    if leave is None:
        raise walk.stopped(
            "route",
            hop.gateway,
            say("{0} is to forward it", hop.gateway.title if hop.gateway else hop.kind),
            "route.guest",
            say("ask from there on"),
        )
    return leave(walk, place, packet, hop.gateway)


def way_of(region: AccountRegion, hop: Next) -> tuple[str, str]:
    """What makes two ways the same: both ends of a peer connection are."""
    if isinstance(hop.gateway, PeerConn):
        return hop.kind, hop.gateway.peer_conn_id
    return hop.kind, hop.gateway.id if hop.gateway else ""


def check_eip(walk: Walk, region: AccountRegion, address: str) -> None:
    """Whether an EIP carries traffic."""
    eip = region.find_by(Eip, "address", address)
    if eip is not None and eip.state not in {BINDED, EIP_UPDATING}:
        remedy = say("{0} is bound and paid for", address)
        raise walk.stopped(EIP, eip, say("{0} is {1}", address, eip.status), "eip.status", remedy)
    walk.passed(EIP, eip, say("by {0}", address), "eip.bound")


def check_nat(walk: Walk, nat: Nat) -> None:
    """Whether a NAT gateway translates."""
    if nat.state not in NAT_IN_USE or not nat.public_ips:
        text = say("{0} is {1}" if nat.public_ips else "{0} is {1} and has no EIP", nat.id, nat.status)
        raise walk.stopped(NAT, nat, text, "nat.status", say("{0} is {1} and has an EIP", nat.id, NAT_ACTIVE))


def said_dnat(rule: DnatRule) -> Sentence:
    """A DNAT rule for people."""
    ports = ("", "") if not rule.public_ports.first else (_ports(rule.public_ports), _ports(rule.private_ports))
    return say("{0} {1}{2} to {3}{4}", rule.protocol, rule.public_ip, ports[0], rule.private_ip, ports[1])


def _ports(ports: tuple[int, int]) -> str:
    return f":{ports[0]}" if ports[0] == ports[1] else f":{ports[0]}-{ports[1]}"


def notes_of(region: AccountRegion, nat: Nat) -> Iterator[RuleOnTheWay]:
    """The rules of a NAT gateway."""
    for snat in region.where(SnatRule, "nat_id", nat.id):
        yield RuleOnTheWay(NAT, nat.id, snat.id, f"{snat.source} by {', '.join(snat.public_ips)}")
    for dnat in region.where(DnatRule, "nat_id", nat.id):
        yield RuleOnTheWay(NAT, nat.id, dnat.id, str(said_dnat(dnat)))


def _stay(walk: Walk, place: Place, packet: Packet, _gateway: Resource | None) -> Crossing:
    return Crossing((LOCAL, place.vpc_id), packet, place.region, place.vpc_id)


def _by_eip(walk: Walk, place: Place, packet: Packet, _gateway: Resource | None) -> Crossing:
    check_eip(walk, place.region, place.public_ip)
    return Crossing((OWN_EIP, place.public_ip), packet._replace(source=place.public_ip), outside=INTERNET)


def _by_nat(walk: Walk, place: Place, packet: Packet, nat: Any) -> Crossing:
    region = place.region
    check_nat(walk, nat)
    walk.once((NAT, region, nat.id), lambda: walk.comes_by(notes_of(region, nat)))
    mapped = (each for each in region.where(DnatRule, "nat_id", nat.id) if not each.public_ports.first)
    for dnat in mapped:
        if dnat.private_ip == packet.source:
            walk.passed(NAT, nat, say("{0}: {1}", nat.id, said_dnat(dnat)), "nat.mapping", dnat.id)
            return _translated(walk, region, nat, packet, dnat.public_ip)
    fitting = [each for each in region.where(SnatRule, "nat_id", nat.id) if within(packet.source, each.source)]
    if not fitting:
        raise walk.stopped(
            NAT,
            nat,
            say("no SNAT rule of {0} is for {1}", nat.id, packet.source),
            "nat.snat",
            say("an SNAT rule for {0}", packet.source),
        )
    snat = min(fitting, key=lambda rule: (-span(rule.source).bits, rule.serial))
    walk.passed(
        NAT, nat, say("{0}: {1} leaves by {2}", nat.id, snat.source, ", ".join(snat.public_ips)), "nat.snat", snat.id
    )
    return _translated(walk, region, nat, packet, snat.public_ips[0])


def _translated(walk: Walk, region: AccountRegion, nat: Nat, packet: Packet, address: str) -> Crossing:
    check_eip(walk, region, address)
    return Crossing(("nat", nat.id), packet._replace(source=address), outside=INTERNET)


def _by_peer(walk: Walk, place: Place, packet: Packet, end: Any) -> Crossing:
    if end.state not in {*PEER_IN_USE, PEER_UPDATING}:
        raise walk.stopped(
            PEER, end, say("{0} is {1}", end.title, end.status), "peer.active", say("it is accepted and active")
        )
    found = other_end(place.region, end)
    if found is None:
        text = say("the end of {0} in {1} is not emulated", end.title, end.peer_vpc_id)
        raise walk.stopped(PEER, end, text, "peer.other", say("have that VPC and its account in this emulator"))
    region, other = found
    vpc = region.get(Vpc, other.vpc_id)
    if not in_vpc(packet.destination, vpc):
        text = say("{0} is not in {1}, at the other end", packet.destination, vpc.id)
        raise walk.stopped(
            PEER, end, text, "peer.transit", say("a peer connection with the VPC of {0}", packet.destination)
        )
    walk.passed(PEER, end, say("{0} leads into {1}", end.title, vpc.id), "peer.routes")
    return Crossing(("peerConn", end.peer_conn_id), packet, region, vpc.id)


class _Pair(NamedTuple):
    """What a tunnel is for: the ranges at both ends."""

    id: str
    local: tuple[str, ...]
    remote: tuple[str, ...]

    @property
    def said(self) -> Sentence:
        """For people."""
        return say("{0} and {1}", ", ".join(self.local), ", ".join(self.remote))


def check_tunnel(walk: Walk, region: AccountRegion, vpn: Vpn, local: str, remote: str) -> None:
    """Whether a VPN gateway carries traffic between an address of the VPC and one beyond."""
    if vpn.state != VPN_ACTIVE or not vpn.public_ip:
        text = say("{0} is {1}" if vpn.public_ip else "{0} is {1} and has no EIP", vpn.id, vpn.status)
        raise walk.stopped(TUNNEL, vpn, text, "vpn.status", say("{0} is {1} and has an EIP", vpn.id, VPN_ACTIVE))
    for pair in walk.once((TUNNEL, region, vpn.id), lambda: _pairs(walk, region, vpn)):
        if any(within(local, each) for each in pair.local) and any(within(remote, each) for each in pair.remote):
            walk.passed(TUNNEL, vpn, say("{0} is for {1}", pair.id, pair.said), "vpn.tunnel", pair.id)
            return
    text = say("no tunnel of {0} is for {1} and {2}", vpn.id, local, remote)
    remedy = say("a tunnel with {0} in localSubnets and {1} in remoteSubnets", local, remote)
    raise walk.stopped(TUNNEL, vpn, text, "vpn.tunnel", remedy)


def _pairs(walk: Walk, region: AccountRegion, vpn: Vpn) -> list[_Pair]:
    tunnels = region.where(VpnConn, "vpn_id", vpn.id)
    servers = region.where(SslVpnServer, "vpn_id", vpn.id)
    pairs = [_Pair(each.id, each.local_subnets, each.remote_subnets) for each in tunnels]
    pairs += [_Pair(each.id, each.local_subnets, (each.remote_subnet,)) for each in servers]
    walk.comes_by(RuleOnTheWay(TUNNEL, vpn.id, pair.id, str(pair.said)) for pair in pairs)
    return pairs


def check_line(walk: Walk, gateway: EtGateway, local: str) -> None:
    """Whether a dedicated gateway carries what an address of the VPC sends and gets."""
    if not gateway.et_id:
        raise walk.stopped(
            LINE, gateway, say("{0} has no line", gateway.id), "line.bound", say("bind a line to {0}", gateway.id)
        )
    is_ipv6 = ":" in local
    ranges = gateway.ipv6_local_cidrs if is_ipv6 else gateway.local_cidrs
    if (is_ipv6 and not gateway.is_ipv6_enabled) or (ranges and not any(within(local, each) for each in ranges)):
        text = say("{0} is in no local range of {1}", local, gateway.id)
        raise walk.stopped(LINE, gateway, text, "line.ranges", say("a local range of {0} with {1}", gateway.id, local))
    walk.passed(LINE, gateway, say("{0} is bound to {1}", gateway.id, gateway.et_id), "line.bound")


def _by_tunnel(walk: Walk, place: Place, packet: Packet, vpn: Any) -> Crossing:
    check_tunnel(walk, place.region, vpn, packet.source, packet.destination)
    return Crossing(("vpn", vpn.id), packet, outside=PREMISES)


def _by_line(walk: Walk, place: Place, packet: Packet, gateway: Any) -> Crossing:
    check_line(walk, gateway, packet.source)
    return Crossing(("dcGateway", gateway.id), packet, outside=PREMISES)


def _by_ipv6(walk: Walk, place: Place, packet: Packet, gateway: Any) -> Crossing:
    if packet.version != 6:
        raise walk.stopped(
            IPV6, gateway, say("{0} is of IPv4", packet.source), "ipv6.gateway", say("ask for IPv6 addresses")
        )
    walk.passed(IPV6, gateway, say("by {0}", gateway.id), "ipv6.gateway")
    return Crossing(("ipv6gateway", gateway.id), packet, outside=INTERNET)


def gateway_of(region: AccountRegion, vpc_id: str) -> Ipv6Gateway | None:
    """The IPv6 gateway of a VPC."""
    return region.find_by(Ipv6Gateway, "vpc_id", vpc_id)


LEAVE: dict[str, Callable[[Walk, Place, Packet, Any], Crossing]] = {
    LOCAL: _stay,
    OWN_EIP: _by_eip,
    "nat": _by_nat,
    "peerConn": _by_peer,
    "vpn": _by_tunnel,
    "dcGateway": _by_line,
    "ipv6gateway": _by_ipv6,
}
"""What happens at each kind of next hop; others are instances that forward by themselves."""
