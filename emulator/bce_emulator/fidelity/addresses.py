"""Addresses in texts, replaced so that what lies in one range still does, and what is private still is.

Each bit of an address is kept or turned by a keyed hash of the bits before it, so two addresses share as many leading
bits afterwards as before. The ranges below stay where they are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

ALL = 128
RANGES: dict[str, int] = {
    "0.0.0.0/8": ALL,
    "127.0.0.0/8": ALL,
    "169.254.0.0/16": ALL,
    "224.0.0.0/3": ALL,
    "10.0.0.0/8": 8,
    "100.64.0.0/10": 8,
    "172.16.0.0/12": 8,
    "192.168.0.0/16": 8,
    "::/8": ALL,
    "fe80::/10": ALL,
    "ff00::/8": ALL,
    "fc00::/7": 8,
    "2000::/3": 0,
}
"""Ranges that stay in their place, and how many of the last bits stay in an address there: what a subnet reserves."""

_TEXT = re.compile(
    r"(?<![0-9])(?<![0-9]\.)[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?![0-9]|\.[0-9])"
    r"|(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,39}(?:\.[0-9.]{5,11})?(?:/[0-9]{1,3})?(?![\w:])"
)
_MAC = re.compile(r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")


class _Family:
    """How addresses of one width are replaced."""

    def __init__(self, width: int, networks: list[tuple[IPv4Network | IPv6Network, int]]) -> None:
        self.width = width
        self.ranges = [(_bits(net, net.prefixlen), net.prefixlen, low) for net, low in networks]
        self.above = {(length, _bits(net, length)) for net, _ in networks for length in range(net.prefixlen)}
        """The leading bits of those ranges: the bit behind them tells the ranges apart, and is never turned."""

    def low_bits(self, value: int) -> int:
        """How many of the last bits stay."""
        return next((low for bits, length, low in self.ranges if value >> (self.width - length) == bits), 0)

    def moved(self, key: bytes, value: int, length: int) -> int:
        """The address, or the range of so many leading bits, that stands for this one."""
        fixed = next((n for bits, n, _ in self.ranges if value >> (self.width - n) == bits), 0)
        moved = value
        for at in range(fixed, min(length, self.width - self.low_bits(value))):
            before = value >> (self.width - at)
            if (at, before) not in self.above and _turns(key, self.width, at, before):
                moved ^= 1 << (self.width - 1 - at)
        return moved


def _bits(network: IPv4Network | IPv6Network, length: int) -> int:
    return int(network.network_address) >> (network.max_prefixlen - length)


def _turns(key: bytes, width: int, at: int, before: int) -> bool:
    return bool(blake2b(b"%d %d %d" % (width, at, before), key=key, digest_size=1).digest()[0] & 1)


IPV4 = _Family(32, [(IPv4Network(text), low) for text, low in RANGES.items() if ":" not in text])
IPV6 = _Family(128, [(IPv6Network(text), low) for text, low in RANGES.items() if ":" in text])


class Addresses:
    """Replaces addresses under one key; the same address becomes the same in every text."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._replaced = lru_cache(10_000)(self._address)

    def replaced(self, text: str) -> str:
        """A text with every address in it replaced."""
        return _TEXT.sub(lambda found: self._replaced(found[0]), text)

    def _address(self, text: str) -> str:
        address, slash, tail = text.partition("/")
        if _MAC.fullmatch(text):
            last = blake2b(text.lower().encode(), key=self._key, digest_size=3).digest()
            return f"{text[:8]}:{last.hex(':')}"
        if ":" not in address:
            numbers = [int(part) for part in address.split(".")]
            length = int(tail) if slash else IPV4.width
            if max(numbers) > 255 or length > IPV4.width:
                return text
            return str(IPv4Address(IPV4.moved(self._key, int.from_bytes(bytes(numbers)), length))) + slash + tail
        bare = address if address.endswith("::") else address.rstrip(":")
        length = int(tail) if slash else IPV6.width
        try:
            moved = IPV6.moved(self._key, int(IPv6Address(bare)), length)
        except AddressValueError:
            return text
        return str(IPv6Address(moved)) + address[len(bare) :] + slash + tail if length <= IPV6.width else text


def masked(text: str, mask: str) -> str:
    """A text in which every address is the same word; a range keeps its size."""
    return _TEXT.sub(lambda found: _masked(found[0], mask), text)


def _masked(text: str, mask: str) -> str:
    address, slash, length = text.partition("/")
    return f"{mask}{slash}{length}" if _MAC.fullmatch(address) or _parses(address) else text


def is_address(text: str) -> bool:
    """Whether a text is an address and nothing else; a range is none."""
    return "/" not in text and _TEXT.fullmatch(text) is not None and not _MAC.fullmatch(text) and _parses(text)


def _parses(text: str) -> bool:
    try:
        return bool((IPv6Address if ":" in text else IPv4Address)(text) or True)
    except AddressValueError:
        return False
