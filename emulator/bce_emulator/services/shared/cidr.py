"""Ranges of addresses: how a request writes one, and whether two of them overlap.

Block sizes: https://cloud.baidu.com/doc/VPC/s/Njwvyuaq5
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from bce_emulator.engine.errors import ApiError, BadRequest

VPC_PREFIXES = range(8, 29)
SUBNET_MAX_PREFIX = 29
IPV6 = IPv6Network("2001:db8::/32")
"""The range of the IPv6 documentation, so that no address is anybody's."""
VPC_IPV6_PREFIX, SUBNET_IPV6_PREFIX = 56, 64


WRITTEN = re.compile(r"[0-9A-Fa-f:.]+(?:/(?:0|[1-9][0-9]{0,2}))?", re.ASCII)
"""An address or a CIDR; a zone (``%eth0``) or a mask in dots belongs to neither."""
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def parse_address(text: str) -> Address:
    """The address that a request writes; ValueError says what is wrong."""
    return ip_address(_plain(text))


def parse_ipv6(text: str) -> IPv6Address:
    """The IPv6 address that a request writes; ValueError says what is wrong."""
    return IPv6Address(_plain(text))


def parse_network(text: str, *, strict: bool = True) -> Network:
    """The range that a request writes, or its one address; ValueError says what is wrong.

    ``strict`` refuses bits beside the mask.
    """
    return ip_network(_plain(text), strict)


def canonical(text: str) -> str:
    """An address as it is kept and shown, however it is written; what is none stays."""
    try:
        return str(parse_address(text))
    except ValueError:
        return text


def _plain(text: str) -> str:
    if WRITTEN.fullmatch(text) is None:
        raise ValueError(f"{text[:64]!r} is no address and no CIDR")
    return text


@lru_cache(maxsize=4096)
def ipv4_network(cidr: str) -> IPv4Network:
    """A range that is known to be one; the same few are asked for with every address."""
    return IPv4Network(cidr)


def range_of(text: str, member: str) -> IPv4Network:
    """The IPv4 range that a request writes; one with bits beside the mask is refused."""
    try:
        return IPv4Network(_plain(text))
    except ValueError as error:
        raise BadRequest(f"{member}: {error}") from None


def vpc_range(text: str, member: str) -> IPv4Network:
    """A range that a VPC can have: private is advised, public is possible, reserved is not."""
    network = range_of(text, member)
    if "/" not in text or network.prefixlen not in VPC_PREFIXES:
        raise BadRequest(f"{member} has a mask of {VPC_PREFIXES[0]} to {VPC_PREFIXES[-1]} bits")
    if network.is_loopback or network.is_link_local or network.is_multicast or network.network_address.is_unspecified:
        raise BadRequest(f"{member} is reserved")
    return network


def check_apart(network: IPv4Network, others: Iterable[str], member: str, refusal: type[ApiError] = BadRequest) -> None:
    """Refuse a range that shares addresses with one of the others."""
    for other in others:
        if network.overlaps(ipv4_network(other)):
            raise refusal(f"{member} overlaps {other}")


def check_ipv4_address(text: str, member: str) -> None:
    """Refuse what is no IPv4 address."""
    try:
        IPv4Address(text)
    except AddressValueError as error:
        raise BadRequest(f"{member}: {error}") from None


def check_subnets_apart(ours: Iterable[str], member: str, theirs: Iterable[str], other_member: str) -> None:
    """Refuse ranges at two ends that are none at all, are no ranges, or share addresses."""
    local = [range_of(text, member) for text in ours]
    remote = [range_of(text, other_member) for text in theirs]
    if not local or not remote:
        raise BadRequest(f"{member} and {other_member} have a range each")
    if any(each.overlaps(other) for each in local for other in remote):
        raise BadRequest(f"{member} and {other_member} share addresses")


def vpc_ipv6_range(number: int) -> str:
    """The IPv6 range of the VPC that is the n-th to get one."""
    step = 1 << (128 - VPC_IPV6_PREFIX)
    blocks = 1 << (VPC_IPV6_PREFIX - IPV6.prefixlen)
    start = int(IPV6.network_address) + number % blocks * step
    return str(IPv6Network((start, VPC_IPV6_PREFIX)))


def subnet_ipv6_range(vpc_range: str, in_use: Iterable[str]) -> str:
    """The first part of a VPC's IPv6 range that no subnet has."""
    used = set(in_use)
    parts = IPv6Network(vpc_range).subnets(new_prefix=SUBNET_IPV6_PREFIX)
    free = next((str(part) for part in parts if str(part) not in used), None)
    if free is None:
        raise BadRequest(f"every part of {vpc_range} belongs to a subnet")
    return free
