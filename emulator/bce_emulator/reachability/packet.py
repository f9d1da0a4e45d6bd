"""What travels: between which addresses and ports, and whether a rule's words fit it."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import NamedTuple

WITH_PORTS = frozenset({"tcp", "udp"})
SOURCE_PORT = 49_152
"""From which port a client asks if nobody says which: the first of those that systems choose from."""
INTERNET = {4: "203.0.113.1", 6: "3fff::1"}
"""What stands for any address of the internet, from the ranges of the documentation."""
PRIVATE = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
    "fc00::/7", "fe80::/10", "::1/128",
)  # fmt: skip
ALL = "all"


class Span(NamedTuple):
    """A range of addresses of one version, as numbers."""

    version: int
    first: int
    last: int
    bits: int


class Packet(NamedTuple):
    """One packet; the ports are 0 where the protocol has none."""

    protocol: str
    source: str
    destination: str
    source_port: int
    port: int

    @property
    def version(self) -> int:
        """Of its addresses."""
        return 6 if ":" in self.source else 4

    @property
    def ports(self) -> tuple[str, int, int]:
        """The protocol, and the ports of both ends."""
        return self.protocol, self.source_port, self.port

    def answer(self) -> Packet:
        """The packet that answers it."""
        return Packet(self.protocol, self.destination, self.source, self.port, self.source_port)

    def __str__(self) -> str:
        """For people."""
        to = f"[{self.destination}]" if ":" in self.destination and self.port else self.destination
        return f"{self.protocol} {self.source} → {to}{f':{self.port}' if self.port else ''}"


@lru_cache(maxsize=16_384)
def span(text: str) -> Span:
    """The range that a text names; the same few are asked for with every packet."""
    network = ip_network(text, strict=False)
    return Span(network.version, int(network.network_address), int(network.broadcast_address), network.prefixlen)


@lru_cache(maxsize=16_384)
def number(address: str) -> tuple[int, int]:
    """The version of an address, and the address as a number."""
    found = ip_address(address)
    return found.version, int(found)


def within(address: str, text: str) -> bool:
    """Whether an address is in the range that a text names, which may be ``all``."""
    if text == ALL:
        return True
    version, value = number(address)
    found = span(text)
    return found.version == version and found.first <= value <= found.last


def is_private(address: str) -> bool:
    """Whether an address is of no use on the internet."""
    return any(within(address, each) for each in PRIVATE)


def ports_fit(packet: Packet, port: int, text: str) -> bool:
    """Whether a port of a packet is among those that a text names; a packet without ports fits any."""
    if packet.protocol not in WITH_PORTS:
        return True
    for part in text.split(","):
        first, _, last = part.partition("-")
        if int(first) <= port <= int(last or first):
            return True
    return False


def protocol_fits(packet: Packet, protocol: str) -> bool:
    """Whether a rule is for the protocol of a packet."""
    return protocol in {ALL, packet.protocol}
