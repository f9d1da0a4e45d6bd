"""Addresses of a subnet: no address twice, none outside the range."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address

from emulator.engine.accounts import Account
from emulator.engine.errors import BadRequest
from emulator.services.bcc.instance.resource import Instance
from emulator.services.vpc.subnet.resource import Subnet, SubnetHasNoMoreIp

FIRST = 2
"""The first two addresses and the last one of a range are the network's own."""


def is_taken(account: Account, subnet: Subnet, address: str) -> bool:
    """Whether an instance in the subnet has the address."""
    holders = account.where(Instance, "internal_ip", address) + account.where(Instance, "secondary_ips", address)
    return any(holder.subnet_id == subnet.id for holder in holders)


def check_address(account: Account, subnet: Subnet, address: str) -> None:
    """Refuse an address that nothing new in the subnet can have."""
    network = subnet.network
    try:
        offset = int(IPv4Address(address)) - int(network.network_address)
    except AddressValueError:
        raise BadRequest(f"{address!r} is not an IPv4 address") from None
    if not FIRST <= offset < network.num_addresses - 1:
        raise BadRequest(f"{address} is not a free address of {subnet.cidr}")
    if is_taken(account, subnet, address):
        raise BadRequest(f"{address} is in use")


def free_addresses(account: Account, subnet: Subnet, count: int) -> list[str]:
    """Addresses that nothing in the subnet has, in order after the last ones given; nothing is changed."""
    start, size = int(subnet.network.network_address), subnet.network.num_addresses
    found: list[str] = []
    offset = subnet.next_free
    for _ in range(size - FIRST - 1):
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
