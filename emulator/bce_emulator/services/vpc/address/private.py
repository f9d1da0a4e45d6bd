"""The private addresses of a subnet: one range that every kind of resource draws from, no address twice.

Reserved ranges of it are given only to who asks for an address of them by itself.

A kind joins with ``holds_addresses`` in a file of its own; nothing here changes for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Network, ip_address
from itertools import chain
from operator import attrgetter
from socket import inet_aton
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.collection import looked_for_by
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import OWN, Subnet
from bce_emulator.services.vpc.subnet_ip_reserve.resource import ReservedRange

IPV4 = 4
FIRST = 2
"""The offset of the first address of a range that is not the network's own."""


class AddressInUse(NamedTuple):
    """An address in use: by which product, and since when."""

    address: str
    product: str
    since: float


class AddressHolder(NamedTuple):
    """A kind of resource in subnets, the fields with its addresses, and for which product it is.

    ``subnet_field`` names the subnet. Where it names several, the addresses are those of all of them.
    """

    kind: type[Resource]
    ipv4: tuple[str, ...]
    ipv6: tuple[str, ...]
    product: Callable[[Any], str]
    subnet_field: str

    def is_in(self, resource: Resource, subnet: Subnet) -> bool:
        """Whether a resource is in a subnet."""
        value = getattr(resource, self.subnet_field, "")
        return subnet.id in value if isinstance(value, tuple) else subnet.id == value

    def addresses(self, resource: Resource, subnet: Subnet) -> list[str]:
        """The IPv4 addresses of a resource in a subnet."""
        found = _addresses(resource, self.ipv4)
        if isinstance(getattr(resource, self.subnet_field), tuple):
            return [address for address in found if IPv4Address(address) in subnet.network]
        return found


HOLDERS: list[AddressHolder] = []
"""Every kind of resource that has addresses of a subnet."""


def holds_addresses(
    kind: type[Resource],
    *,
    ipv4: tuple[str, ...],
    ipv6: tuple[str, ...] = (),
    product: Callable[[Any], str],
    subnet_field: str = "subnet_id",
) -> None:
    """Declare that resources of a kind have addresses of the subnet, or the subnets, that they are in."""
    HOLDERS.append(AddressHolder(kind, ipv4, ipv6, product, subnet_field))
    looked_for_by(kind, *ipv4)


def addresses_in_use(account: AccountRegion, subnet: Subnet) -> Iterator[AddressInUse]:
    """Every IPv4 address of a subnet that something has."""
    for holder in HOLDERS:
        for resource in account.where(holder.kind, holder.subnet_field, subnet.id):
            for address in holder.addresses(resource, subnet):
                yield AddressInUse(address, holder.product(resource), resource.created)


def count_free(account: AccountRegion, subnet: Subnet) -> int:
    """How many IPv4 addresses of a subnet something new can have."""
    return max(0, subnet.network.num_addresses - OWN - len(_in_use(account, subnet)))


def count_free_unreserved(account: AccountRegion, subnet: Subnet) -> int:
    """How many of these are in no reserved range."""
    free = count_free(account, subnet)
    reserved = [each for each in reserved_ranges(account, subnet) if each.version == IPV4]
    if not reserved:
        return free
    in_use = [int(IPv4Address(address)) for address in _in_use(account, subnet)]
    lowest, highest = int(subnet.network[FIRST]), int(subnet.network[-2])
    for network in reserved:
        low, high = max(lowest, int(network[0])), min(highest, int(network[-1]))
        free -= max(0, high - low + 1) - sum(low <= address <= high for address in in_use)
    return free


def holder_types() -> tuple[type[Resource], ...]:
    """The kinds of resource that what is shown of a subnet depends on."""
    return (ReservedRange, *(holder.kind for holder in HOLDERS))


def reserved_ranges(account: AccountRegion, subnet: Subnet) -> list[IPv4Network | IPv6Network]:
    """The ranges of a subnet that are not handed out."""
    return [each.network for each in account.where(ReservedRange, "subnet_id", subnet.id)]


def is_range_in_use(account: AccountRegion, subnet: Subnet, network: IPv4Network | IPv6Network) -> bool:
    """Whether something in the subnet has an address of the range."""
    return any(
        ip_address(address) in network
        for holder in HOLDERS
        for resource in account.where(holder.kind, holder.subnet_field, subnet.id)
        for address in _addresses(resource, holder.ipv4 if network.version == IPV4 else holder.ipv6)
    )


def is_in_use(account: AccountRegion, subnet: Subnet, address: str) -> bool:
    """Whether something in the subnet has the address."""
    return any(
        holder.is_in(resource, subnet)
        for holder in HOLDERS
        for field in holder.ipv4
        for resource in account.where(holder.kind, field, address)
    )


def has_ipv6(account: AccountRegion, subnet: Subnet) -> bool:
    """Whether something in the subnet has an IPv6 address, or some are reserved."""
    return any(each.version != IPV4 for each in reserved_ranges(account, subnet)) or any(
        _addresses(resource, holder.ipv6)
        for holder in HOLDERS
        for resource in account.where(holder.kind, holder.subnet_field, subnet.id)
    )


def is_ipv6_in_use(account: AccountRegion, address: str) -> bool:
    """Whether something has the IPv6 address."""
    return any(account.where(holder.kind, field, address) for holder in HOLDERS for field in holder.ipv6)


def check_address(account: AccountRegion, subnet: Subnet, address: str) -> None:
    """Refuse an address that nothing new in the subnet can have."""
    network = subnet.network
    try:
        offset = int(IPv4Address(address)) - int(network.network_address)
    except AddressValueError:
        raise BadRequest(f"{address!r} is not an IPv4 address") from None
    if not FIRST <= offset < network.num_addresses - 1:
        raise BadRequest(f"{address} is no address that {subnet.cidr} has to give")
    if is_in_use(account, subnet, address):
        raise PrivateIpInUse(f"{address} is in use")


def free_addresses(account: AccountRegion, subnet: Subnet, count: int) -> list[str]:
    """Addresses that nothing in the subnet has, in order after the last ones given; nothing is changed."""
    network = subnet.network
    start, size = int(network.network_address), network.num_addresses
    found: list[str] = []
    in_use: set[str] | None = None
    reserved = [each for each in reserved_ranges(account, subnet) if each.version == IPV4]
    for address in _in_turn(start, size, subnet.next_free):
        if len(found) == count:
            break
        if reserved and any(IPv4Address(address) in each for each in reserved):
            continue
        if in_use is None and is_in_use(account, subnet, address):
            in_use = _in_use(account, subnet)
            if len(in_use) + count > size - OWN:
                break
        if in_use is None or address not in in_use:
            found.append(address)
    if len(found) < count:
        raise SubnetHasNoMoreIp(f"{subnet.id} has no {count} free addresses")
    return found


def follow(subnet: Subnet, address: str) -> None:
    """Let the next free address be looked for after this one."""
    subnet.next_free = int.from_bytes(inet_aton(address), "big") - int(subnet.network.network_address) + 1


def free_ipv6_address(account: AccountRegion, subnet: Subnet) -> str:
    """An IPv6 address that nothing has and that is not reserved; the range is too large to be used up."""
    address = IPv6Network(subnet.ipv6_cidr)[FIRST]
    reserved = [each for each in reserved_ranges(account, subnet) if isinstance(each, IPv6Network)]
    while True:
        around = next((each for each in reserved if address in each), None)
        if around is not None:
            address = around[-1] + 1
        elif is_ipv6_in_use(account, str(address)):
            address += 1
        else:
            return str(address)


def _in_turn(start: int, size: int, first: int) -> Iterator[str]:
    """Every address of a range that is not the network's own, once, beginning with one of them."""
    offset = first if first < size - 1 else FIRST
    for number in chain(range(start + offset, start + size - 1), range(start + FIRST, start + offset)):
        yield f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _in_use(account: AccountRegion, subnet: Subnet) -> set[str]:
    """Every IPv4 address of a subnet that something has; of thousands, so each is looked at in passing."""
    in_use: set[str] = set()
    for holder in HOLDERS:
        resources = account.where(holder.kind, holder.subnet_field, subnet.id)
        if resources and isinstance(getattr(resources[0], holder.subnet_field), tuple):
            in_use.update(address for each in resources for address in holder.addresses(each, subnet))
            continue
        for value in chain.from_iterable(map(attrgetter(field), resources) for field in holder.ipv4):
            if isinstance(value, tuple):
                in_use.update(value)
            else:
                in_use.add(value)
    in_use.discard("")
    return in_use


def _addresses(resource: Resource, fields: tuple[str, ...]) -> list[str]:
    values = (getattr(resource, field) for field in fields)
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,)) if each]
