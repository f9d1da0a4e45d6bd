"""What is asked: from where to where, and the answer with its path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.steps import Steps, at_once
from bce_emulator.reachability.gateways import INTERNET, PREMISES
from bce_emulator.reachability.journey import from_outside, from_place
from bce_emulator.reachability.packet import INTERNET as INTERNET_ADDRESSES
from bce_emulator.reachability.packet import SOURCE_PORT, WITH_PORTS, Packet, is_private
from bce_emulator.reachability.path import MAX_UNUSED, Stopped, Walk, visible
from bce_emulator.reachability.places import Place, holders_of, nic_of_host, place_of, place_of_eip, regions_of
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.shared.cidr import parse_address
from bce_emulator.services.vpc.endpoint.resource import Snic
from bce_emulator.services.vpc.havip.resource import HaVip
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.vpc.resource import Vpc

PROTOCOLS = ("tcp", "udp", "icmp")
LISTENER_PROTOCOLS = {"UDP": "udp"}
MAX_PORT = 65_535


class CannotAsk(ValueError):
    """The question cannot be asked so; the text says what would be right."""


class NotThere(CannotAsk):
    """The question names what is not there."""


@dataclass(frozen=True)
class Question:
    """From where to where; a VPC says which one of several an address is in."""

    source: str
    target: str
    protocol: str = "tcp"
    port: int | None = None
    source_port: int = SOURCE_PORT
    ip_version: int | None = None
    vpc_id: str = ""


class End(NamedTuple):
    """One end of a question: a place, or an address outside."""

    region: AccountRegion
    place: Place | None
    address: str
    where: str = ""
    port: int | None = None
    protocol: str = ""

    def show(self) -> dict[str, Any]:
        """The end as it is answered."""
        host = self.place.host if self.place else None
        at = host[1] if host else self.place.holder if self.place else None
        return {
            "kind": at.type_key() if at is not None else "",
            "id": at.id if at is not None else self.where,
            "address": self.address,
            "vpcId": self.place.vpc_id if self.place else "",
            "subnetId": self.place.subnet.id if self.place else "",
            "region": self.region.region,
        }


def answer_in_steps(
    region: AccountRegion,
    question: Question,
    *,
    with_unused: bool = False,
    may_see: Callable[[str], bool] = lambda _account: True,
) -> Steps[dict[str, Any]]:
    """Yes or no, the path, and what stopped it with what would let it pass; rules of accounts that who asks may see."""
    version = _version(region, question)
    source, target = _end(region, question.source, version, question), _end(region, question.target, version, question)
    yield
    if source.where == PREMISES and target.place is None:
        raise CannotAsk(
            f"{source.address} is beyond a tunnel or a line, from where only what is in a VPC can be asked for"
        )
    packet = _packet(question, source, target)
    walk = Walk(target=target.place.holder if target.place else None, account=region.name, notes_rules=with_unused)
    try:
        if source.place is not None:
            yield from from_place(walk, source.place, packet)
        else:
            yield from from_outside(walk, target.region, source.where, packet, target.place)
        reaches = True
    except Stopped:
        reaches = False
    hops = visible(walk.hops, may_see)
    shown: dict[str, Any] = {
        "reaches": reaches,
        "source": source.show(),
        "target": target.show(),
        "protocol": packet.protocol,
        "port": packet.port,
        "sourcePort": packet.source_port,
        "path": [hop.show() for hop in hops],
        "stoppedBy": None if reaches else hops[-1].show_stop(),
        "untriedBackends": walk.tried.left,
    }
    if with_unused:
        shown["unused"] = [rule._asdict() for rule in walk.unused(may_see)[:MAX_UNUSED]]
    return shown


def answer(region: AccountRegion, question: Question, **how: Any) -> dict[str, Any]:
    """The same at once."""
    return at_once(answer_in_steps(region, question, **how))


def _packet(question: Question, source: End, target: End) -> Packet:
    protocol = target.protocol or question.protocol
    if protocol not in PROTOCOLS:
        raise CannotAsk(f"protocol is {', '.join(PROTOCOLS)}")
    if (":" in source.address) != (":" in target.address):
        raise CannotAsk(f"{source.address} and {target.address} are of two IP versions")
    if protocol not in WITH_PORTS:
        return Packet(protocol, source.address, target.address, 0, 0)
    port = target.port or question.port
    if port is None:
        raise CannotAsk(f"{protocol} needs a port")
    for each in (port, question.source_port):
        if not 1 <= each <= MAX_PORT:
            raise CannotAsk(f"a port is 1 to {MAX_PORT}")
    return Packet(protocol, source.address, target.address, question.source_port, port)


def _version(region: AccountRegion, question: Question) -> int:
    """The IP version that is asked for, or that of an address of the question; a load balancer may have IPv6 only."""
    if question.ip_version is not None:
        if question.ip_version not in INTERNET_ADDRESSES:
            raise CannotAsk("ipVersion is 4 or 6")
        return question.ip_version
    balancers = (region.find(LoadBalancer, text.partition(":")[0]) for text in (question.source, question.target))
    if any(each is not None and not each.private_ip for each in balancers):
        return 6
    return 6 if any(_address(text).count(":") > 1 for text in (question.source, question.target)) else 4


def _address(text: str) -> str:
    """An address as it is kept, or an empty text."""
    try:
        return str(parse_address(text))
    except ValueError:
        return ""


def _end(region: AccountRegion, text: str, version: int, question: Question) -> End:
    if text == INTERNET:
        return End(region, None, INTERNET_ADDRESSES[version], INTERNET)
    if address := _address(text):
        return _end_at(region, address, question)
    for each in regions_of(region):
        found = _named(each, text, version)
        if found is not None:
            return found
    raise NotThere(f"no instance, interface, load balancer, address or {INTERNET!r} is called {text[:64]!r}")


def _named(region: AccountRegion, text: str, version: int) -> End | None:
    nic = region.find(Nic, text) or nic_of_host(region, text)
    if nic is not None:
        return _chosen(region, nic, (nic.private_ip, *nic.ipv6s), version)
    for kind in (HaVip, Snic):
        found: Any = region.find(kind, text)
        if found is not None:
            return _chosen(region, found, (getattr(found, "private_ip", "") or found.ip_address,), version)
    listener = region.find(Listener, text)
    name, _, port = text.partition(":")
    balancer = region.find(LoadBalancer, listener.blb_id if listener else name)
    if balancer is None:
        return None
    if port and not (port.isascii() and port.isdecimal() and len(port) < 6):
        raise CannotAsk(f"{text[:64]!r}: the part behind the colon is the port of a listener")
    end = _chosen(region, balancer, balancer.private_ips, version)
    if listener is not None:
        return end._replace(port=listener.port, protocol=LISTENER_PROTOCOLS.get(listener.protocol, "tcp"))
    return end._replace(port=int(port)) if port else end


def _chosen(region: AccountRegion, holder: Any, addresses: tuple[str, ...], version: int) -> End:
    address = next((each for each in addresses if (":" in each) == (version == 6)), "")
    if not address:
        raise CannotAsk(f"{holder.id} has no IPv{version} address")
    return End(region, place_of(region, holder, address), address)


def _end_at(region: AccountRegion, address: str, question: Question) -> End:
    """What has an address; a public one is an end of its own, and one that nothing has is outside."""
    if question.vpc_id and region.find(Vpc, question.vpc_id) is None:
        raise NotThere(f"there is no VPC {question.vpc_id[:64]!r}")
    for each in regions_of(region):
        eip = each.find_by(Eip, "address", address)
        if eip is not None:
            place = place_of_eip(each, eip) if address == _address(question.source) else None
            if place is not None:
                return End(each, place, place.address)
            return End(each, None, address, INTERNET)
    for each in regions_of(region):
        holders = [holder for holder in holders_of(each, address) if question.vpc_id in {"", holder.vpc_id}]
        if len({holder.vpc_id for holder in holders}) > 1:
            vpcs = ", ".join(sorted({holder.vpc_id for holder in holders}))
            raise CannotAsk(f"{address} is in {vpcs}; say which in vpcId, or name what has it")
        if holders:
            return End(each, place_of(each, holders[0], address), address)
    return End(region, None, address, PREMISES if is_private(address) else INTERNET)
