"""A packet's journey from end to end, and that of its answer, in steps: a balancer may have hundreds of backends."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.steps import Steps
from bce_emulator.reachability.acl import check_acl
from bce_emulator.reachability.balancers import Backend, backends_of
from bce_emulator.reachability.entrances import from_internet, from_premises, public_packet
from bce_emulator.reachability.gateways import INTERNET, PREMISES, Crossing, cross, way_of
from bce_emulator.reachability.groups import EGRESS, INGRESS, check_groups
from bce_emulator.reachability.packet import INTERNET as INTERNET_ADDRESSES
from bce_emulator.reachability.packet import SOURCE_PORT, Packet, is_private
from bce_emulator.reachability.path import BACK, THERE, Stopped, Walk
from bce_emulator.reachability.places import ASK, Place, check_answers, in_subnet, place_at
from bce_emulator.reachability.routes import LOCAL, OWN_EIP, next_hop
from bce_emulator.reachability.sentence import say
from bce_emulator.services.blb.balancer.resource import LoadBalancer

MAX_DEPTH = 4
"""How many load balancers can lead to each other."""
MAX_TRIED = 1_000
"""How many backends a question looks at, those behind backends included; the answer says how many are left then."""
WITH_SESSION = (LOCAL, OWN_EIP)
"""Ways that need no route back: what came by them is answered by them."""


def from_place(walk: Walk, origin: Place, packet: Packet) -> Steps[None]:
    """A place asks, and gets the answer; else it is Stopped."""
    check_answers(walk, origin)
    if packet.destination == origin.address:
        if isinstance(origin.holder, LoadBalancer) and packet.port:
            text = say("{0} leads to itself", origin.holder.id)
            raise walk.stopped("listener", origin.holder, text, "blb.chain", say("backends that are instances"))
        walk.passed("address", origin.holder, say("{0} asks itself", origin), "address.self")
        return
    check_groups(walk, origin, packet, EGRESS)
    yield
    stays = in_subnet(packet.destination, origin.subnet)
    if stays:
        walk.passed("ACL", origin.subnet, say("it stays in {0}", origin.subnet.id), "acl.within")
    else:
        check_acl(walk, origin, packet, EGRESS)
    yield
    crossing = cross(walk, origin, packet)
    yield
    if crossing.outside == INTERNET:
        entered = from_internet(walk, origin.region, crossing.packet)
        if entered.vpc_id:
            yield from _arrive(walk, entered, stays=False)
        else:
            _outside(walk, crossing)
    elif crossing.outside:
        _outside(walk, crossing)
    else:
        yield from _arrive(walk, crossing, stays=stays)
    walk.leg = BACK
    if not stays:
        check_acl(walk, origin, packet.answer(), INGRESS)
    _answered(walk, origin)
    walk.leg = THERE


def from_outside(walk: Walk, region: AccountRegion, where: str, packet: Packet, place: Place | None) -> Steps[None]:
    """The internet, or what is beyond a tunnel or a line, asks; the place is what has the destination, if known."""
    if where == PREMISES and place is not None:
        yield from _arrive(walk, from_premises(walk, place, packet), stays=False)
        return
    if place is not None:
        packet = public_packet(walk, place, packet)
    crossing = from_internet(walk, region, packet)
    yield
    if not crossing.vpc_id:
        text = say("nothing here has {0}", packet.destination)
        is_none_of_eips = is_private(packet.destination) or packet.destination in INTERNET_ADDRESSES.values()
        remedy = ASK if is_none_of_eips else say("an EIP {0}", packet.destination)
        raise walk.stopped("address", None, text, "address.held", remedy)
    yield from _arrive(walk, crossing, stays=False)


def _outside(walk: Walk, crossing: Crossing) -> None:
    address = crossing.packet.destination
    if crossing.outside == PREMISES:
        text = say("{0} is in what is beyond", address)
    elif address in INTERNET_ADDRESSES.values():
        text = say("{0} is in the internet", address)
    else:
        text = say("nothing of this account has {0}: it counts as the internet", address)
    walk.passed("address", None, text, "address.outside")


def _arrive(walk: Walk, crossing: Crossing, *, stays: bool) -> Steps[None]:
    """A packet is in the VPC of its destination: it gets there, and the answer gets out."""
    region, packet = crossing.region, crossing.packet
    assert region is not None
    before, walk.account = walk.account, region.name
    place = place_at(region, crossing.vpc_id, packet.destination)
    yield
    if place is None:
        text = say("nothing in {0} has {1}", crossing.vpc_id, packet.destination)
        raise walk.stopped("address", None, text, "address.held", ASK)
    if walk.depth == 0 and walk.target not in {None, place.holder}:
        text = say("{0} is {1} in {2}", packet.destination, place, place.vpc_id)
        raise walk.stopped("address", place.holder, text, "address.other", say("ranges that do not overlap, or an EIP"))
    if not stays:
        check_acl(walk, place, packet, INGRESS)
        yield
    check_groups(walk, place, packet, INGRESS)
    yield
    check_answers(walk, place)
    if isinstance(place.holder, LoadBalancer):
        yield from _serve(walk, place, packet)
    walk.leg = BACK
    _answered(walk, place)
    if not stays:
        check_acl(walk, place, packet.answer(), EGRESS)
    if crossing.way[0] not in WITH_SESSION:
        _check_way_back(walk, crossing, place)
    walk.leg, walk.account = THERE, before


def _check_way_back(walk: Walk, crossing: Crossing, place: Place) -> None:
    hop = next_hop(walk, place, crossing.packet.answer())
    back = way_of(place.region, hop)
    if back != crossing.way:
        text = say("the question came by {0}, the answer would leave by {1}", crossing.way[1], back[1] or back[0])
        remedy = say("a route from {0} to {1} by {2}", place.address, crossing.packet.source, crossing.way[1])
        raise walk.stopped("route", hop.gateway, text, "route.same_way", remedy)


def _answered(walk: Walk, place: Place) -> None:
    if place.group_ids or place.enterprise_group_ids:
        walk.passed("security group", place.holder, say("{0} may answer, and be answered", place), "group.state")


def _serve(walk: Walk, place: Place, packet: Packet) -> Steps[None]:
    """A load balancer asks a backend for what it was asked itself: one that it reaches is enough."""
    backends = backends_of(walk, place, packet)
    yield
    if backends and (walk.depth >= MAX_DEPTH or walk.tried.count >= MAX_TRIED):
        walk.tried.left += len(backends)
        text = say(
            "{0} is behind {1} others, and {2} backends were tried", place.holder.id, walk.depth, walk.tried.count
        )
        raise walk.stopped("listener", place.holder, text, "blb.chain", say("backends that are instances"))
    first: Walk | None = None
    for number, backend in enumerate(backends):
        before = walk.tried.count
        if before >= MAX_TRIED:
            walk.tried.left += len(backends) - number
            break
        branch = walk.branch(notes_hops=first is None)
        if (yield from _reaches(branch, place, backend, packet)):
            if not branch.notes_hops:
                walk.tried.count, branch = before, walk.branch()
                yield from _ask_backend(branch, place, backend, packet)
            walk.tried.left = 0
            walk.follow(branch)
            return
        first = first or branch
    if first is not None:
        walk.follow(first)
        raise Stopped


def _reaches(walk: Walk, place: Place, backend: Backend, packet: Packet) -> Steps[bool]:
    try:
        yield from _ask_backend(walk, place, backend, packet)
    except Stopped:
        return False
    return True


def _ask_backend(walk: Walk, place: Place, backend: Backend, packet: Packet) -> Steps[None]:
    walk.tried.count += 1
    text = say(
        "{0} ({1}) at {2}:{3}, from {4}", backend.name, backend.health, backend.address, backend.port, place.address
    )
    walk.passed("backend", place.holder, text, "blb.backend")
    yield from from_place(
        walk, place, Packet(packet.protocol, place.address, backend.address, SOURCE_PORT, backend.port)
    )
