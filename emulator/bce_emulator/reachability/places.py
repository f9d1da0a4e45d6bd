"""Where traffic begins and ends: what has an address, in which subnet, and in which security groups it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.reachability.packet import within
from bce_emulator.reachability.path import Walk
from bce_emulator.reachability.sentence import say
from bce_emulator.services.blb.balancer.lifecycle import AVAILABLE, UPDATING
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.eip.story import target_of
from bce_emulator.services.vpc.address.public import CARRIERS
from bce_emulator.services.vpc.endpoint.lifecycle import AVAILABLE as SNIC_AVAILABLE
from bce_emulator.services.vpc.endpoint.resource import Snic
from bce_emulator.services.vpc.havip.resource import HaVip
from bce_emulator.services.vpc.nic.host import HOSTS, NicHost, find_host
from bce_emulator.services.vpc.nic.lifecycle import INUSE, PRIMARY
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

HELD: dict[int, tuple[tuple[type[Resource], str], ...]] = {
    4: (
        (Nic, "private_ip"), (Nic, "secondary_ips"), (Nic, "cross_subnet_ips"), (LoadBalancer, "private_ip"),
        (HaVip, "private_ip"), (Snic, "ip_address"),
    ),
    6: (
        (Nic, "ipv6"), (Nic, "secondary_ipv6s"), (Nic, "cross_subnet_ipv6s"), (LoadBalancer, "ipv6"),
        (Snic, "ip_address"),
    ),
}  # fmt: skip
"""What answers at an address of each IP version, and in which fields it has them."""
ASK = say("ask for an address that something has")
"""What is left to do about one that nothing has."""


class Place(NamedTuple):
    """An address in a subnet; ``nic`` is the card behind it, if it is one, or that of a HaVip's master."""

    region: AccountRegion
    holder: Any
    nic: Nic | None
    address: str
    vpc_id: str
    subnet: Subnet

    @property
    def group_ids(self) -> tuple[str, ...]:
        """The ordinary security groups."""
        ids: tuple[str, ...] = getattr(self.nic or self.holder, "security_group_ids", ())
        return ids

    @property
    def enterprise_group_ids(self) -> tuple[str, ...]:
        """The enterprise security groups."""
        ids: tuple[str, ...] = getattr(self.nic or self.holder, "enterprise_security_group_ids", ())
        return ids

    @property
    def host(self) -> tuple[NicHost, Resource] | None:
        """The instance that the card is in, and of which kind it is."""
        return find_host(self.region, self.nic.device_id) if self.nic and self.nic.device_id else None

    @property
    def id(self) -> str:
        """Of the instance, or of what else has the address."""
        host = self.host
        return host[1].id if host else self.holder.id

    def __str__(self) -> str:
        """What people know it by."""
        return f"{self.id} ({self.address})"

    @property
    def public_ip(self) -> str:
        """The public address that belongs to it, or an empty text."""
        if isinstance(self.holder, Nic):
            found = self.holder.public_address(self.address)
            return found.address if found else ""
        if isinstance(self.holder, LoadBalancer):
            return self.holder.public_ip(ipv6=":" in self.address)
        return self.holder.public_ip if isinstance(self.holder, HaVip) else ""


def place_of_nic(region: AccountRegion, nic: Nic, address: str) -> Place:
    """A card at one of its addresses."""
    subnet = region.get(Subnet, nic.subnet_id)
    if nic.cross_subnet_ids and not in_subnet(address, subnet):
        others = (region.get(Subnet, each) for each in nic.cross_subnet_ids)
        subnet = next((each for each in others if in_subnet(address, each)), subnet)
    return Place(region, nic, nic, address, nic.vpc_id, subnet)


def in_subnet(address: str, subnet: Subnet) -> bool:
    """Whether an address is of a subnet."""
    cidr = subnet.ipv6_cidr if ":" in address else subnet.cidr
    return bool(cidr) and within(address, cidr)


def in_vpc(address: str, vpc: Vpc) -> bool:
    """Whether an address is of a VPC."""
    if ":" in address:
        return bool(vpc.ipv6_cidr) and within(address, vpc.ipv6_cidr)
    return any(within(address, each) for each in vpc.cidrs)


def place_of(region: AccountRegion, holder: Any, address: str) -> Place:
    """What has an address, as a place."""
    if isinstance(holder, Nic):
        return place_of_nic(region, holder, address)
    nic = master_of(region, holder) if isinstance(holder, HaVip) else None
    return Place(region, holder, nic, address, holder.vpc_id, region.get(Subnet, holder.subnet_id))


def holders_of(region: AccountRegion, address: str) -> Iterator[Any]:
    """Everything in a region that has a private address."""
    for kind, field in HELD[6 if ":" in address else 4]:
        yield from region.where(kind, field, address)


def place_at(region: AccountRegion, vpc_id: str, address: str) -> Place | None:
    """What has an address in a VPC."""
    for holder in holders_of(region, address):
        if holder.vpc_id == vpc_id:
            return place_of(region, holder, address)
    return None


def nic_of_host(region: AccountRegion, host_id: str) -> Nic | None:
    """The primary card of an instance of any product."""
    for host in HOSTS:
        found = host.find(region, host_id)
        if found is not None:
            return host.primary(region, found)
    return None


def regions_of(region: AccountRegion) -> Iterator[AccountRegion]:
    """Every region of the account that was used, this one first."""
    yield region
    yield from (each for each in region.account.opened_regions() if each is not region)


def place_of_eip(region: AccountRegion, eip: Eip) -> Place | None:
    """What an EIP is bound to, at the private address that it belongs to; None for gateways and what is not bound."""
    target = target_of(region, eip)
    carried = CARRIERS[eip.instance_type].carries(region, target) if target is not None else ()
    private_ip = next((each.private_ip for each in carried if each.address == eip.address), "")
    for holder in holders_of(region, private_ip) if private_ip else ():
        if eip.instance_id in {holder.id, getattr(holder, "device_id", "")}:
            return place_of(region, holder, private_ip)
    return None


def master_of(region: AccountRegion, havip: HaVip) -> Nic | None:
    """The card that has the address of a HaVip."""
    if not havip.members:
        return None
    first = havip.members[0].id
    return nic_of_host(region, first) or region.find(Nic, first)


def check_answers(walk: Walk, place: Place) -> None:
    """Whether what has an address is there to send and to answer."""
    if isinstance(place.holder, LoadBalancer):
        if place.holder.state not in {AVAILABLE, UPDATING}:
            raise walk.stopped(
                "load balancer",
                place.holder,
                say("{0} is {1}", place.holder.id, place.holder.status),
                "blb.status",
                say("{0} is available again", place.holder.id),
            )
        return
    if isinstance(place.holder, Snic):
        if place.holder.state != SNIC_AVAILABLE:
            raise walk.stopped(
                "service card",
                place.holder,
                say("{0} is {1}", place.holder.id, place.holder.status),
                "address.snic",
                say("{0} is available", place.holder.id),
            )
        walk.passed("service card", place.holder, say("{0} leads to its service", place.holder.id), "address.snic")
        return
    _check_host(walk, place)


def _check_host(walk: Walk, place: Place) -> None:
    if isinstance(place.holder, HaVip):
        if place.nic is None:
            raise walk.stopped(
                "address",
                place.holder,
                say("{0} is bound to nothing", place.holder.id),
                "address.havip",
                say("bind it"),
            )
        walk.passed("address", place.holder, say("{0} is at {1}", place.holder.id, place.nic.title), "address.havip")
    nic, host = place.nic, place.host
    if nic is None or host is None or nic.state not in {INUSE, PRIMARY}:
        raise walk.stopped(
            "interface",
            nic,
            say("{0} is in no instance", place.holder.id),
            "host.attached",
            say("attach it to an instance"),
        )
    kind, instance = host
    if instance.status != kind.running:
        text = say("{0} is {1}", instance.id, instance.status)
        raise walk.stopped("instance", instance, text, "host.running", say("{0} runs", instance.id))
    walk.passed("instance", instance, say("{0} runs", instance.id), "host.running")
