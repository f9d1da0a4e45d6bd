"""Addresses of a subnet: no address twice, none outside the range."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import OWN, Subnet

FIRST = 2
"""The place of the first address of a range that is not the network's own."""


class AddressInUse(NamedTuple):
    """An address in use: by which product, and since when."""

    address: str
    product: str
    since: float


def addresses_in_use(account: AccountRegion, subnet: Subnet) -> Iterator[AddressInUse]:
    """Every IPv4 address of a subnet that something has."""
    for instance in account.where(Instance, "subnet_id", subnet.id):
        for address in (instance.internal_ip, *instance.secondary_ips):
            yield AddressInUse(address, "bcc", instance.created)


def count_free(account: AccountRegion, subnet: Subnet) -> int:
    """How many IPv4 addresses of a subnet something new can have."""
    return max(0, subnet.network.num_addresses - OWN - sum(1 for _ in addresses_in_use(account, subnet)))


def is_taken(account: AccountRegion, subnet: Subnet, address: str) -> bool:
    """Whether an instance in the subnet has the address."""
    dependents = account.where(Instance, "internal_ip", address) + account.where(Instance, "secondary_ips", address)
    return any(holder.subnet_id == subnet.id for holder in dependents)


def check_address(account: AccountRegion, subnet: Subnet, address: str) -> None:
    """Refuse an address that nothing new in the subnet can have."""
    network = subnet.network
    try:
        offset = int(IPv4Address(address)) - int(network.network_address)
    except AddressValueError:
        raise BadRequest(f"{address!r} is not an IPv4 address") from None
    if not FIRST <= offset < network.num_addresses - 1:
        raise BadRequest(f"{address} is no address that {subnet.cidr} has to give")
    if is_taken(account, subnet, address):
        raise PrivateIpInUse(f"{address} is in use")


def free_addresses(account: AccountRegion, subnet: Subnet, count: int) -> list[str]:
    """Addresses that nothing in the subnet has, in order after the last ones given; nothing is changed."""
    start, size = int(subnet.network.network_address), subnet.network.num_addresses
    found: list[str] = []
    offset = subnet.next_free
    for _ in range(size - OWN):
        if len(found) == count:
            break
        if offset >= size - 1:
            offset = FIRST
        address = str(IPv4Address(start + offset))
        if not is_taken(account, subnet, address):
            found.append(address)
        offset += 1
    if len(found) < count:
        raise SubnetHasNoMoreIp(f"{subnet.id} has no {count} free addresses")
    return found


def follow(subnet: Subnet, address: str) -> None:
    """Let the next free address be looked for after this one."""
    subnet.next_free = int(IPv4Address(address)) - int(subnet.network.network_address) + 1


def free_ipv6_address(account: AccountRegion, subnet: Subnet) -> str:
    """An IPv6 address that nothing has; the range is too large to be used up."""
    start = int(IPv6Network(subnet.ipv6_cidr).network_address)
    offset = FIRST
    while account.where(Instance, "ipv6", str(IPv6Address(start + offset))):
        offset += 1
    return str(IPv6Address(start + offset))
