"""What a NAT gateway and its rules are. https://cloud.baidu.com/doc/VPC/s/Tjwvyukbd"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import ApiError
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from bce_emulator.services.vpc.nat.lifecycle import ACTIVE, BUILDING, LIFECYCLE, UNCONFIGURED

NAT_QUOTA = account_setting("vpc.natQuota", 3, "NAT gateways in a VPC")
SNAT_RULE_QUOTA = account_setting("vpc.snatRuleQuota", 100, "SNAT rules of a NAT gateway")
DNAT_RULE_QUOTA = account_setting("vpc.dnatRuleQuota", 100, "DNAT rules of a NAT gateway")
ADDRESSES_OF_SPEC = {"small": 5, "medium": 10, "large": 15}
ADDRESSES_OF_CU, MAX_ADDRESSES = 5, 50
"""How many EIPs a NAT gateway can have: by its specification, or for each capacity unit up to the most."""


class SessionTimeouts(NamedTuple):
    """After how many seconds of silence a session is forgotten."""

    tcp: int
    udp: int
    icmp: int


class Ports(NamedTuple):
    """Ports from the first to the last."""

    first: int
    last: int


DEFAULT_TIMEOUTS = SessionTimeouts(900, 40, 20)
NO_PORTS = Ports(0, 0)


@dataclass(slots=True, kw_only=True, eq=False)
class Nat(Resource):
    """A NAT gateway: normal with a ``spec``, or enhanced with ``cu_count`` capacity units.

    ``snat_ips`` and ``dnat_ips`` are those of its public addresses that were bound as such, in the older calls.
    """

    prefix: ClassVar[str] = "nat"
    id_letters: ClassVar[str] = "lower"
    not_found: ClassVar[type[ApiError]] = NoSuchNat
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("vpc_id", "vpc.Vpc"),)

    state: str = BUILDING
    name: str
    vpc_id: str
    spec: str = ""
    cu_count: int = 0
    ip_version: str = "v4"
    timeouts: SessionTimeouts = DEFAULT_TIMEOUTS
    payment: str = "Postpaid"
    expires: float | None = None
    delete_protection: bool = False
    tags: tuple[Tag, ...] = ()
    public_ips: tuple[str, ...] = ()
    snat_ips: tuple[str, ...] = ()
    dnat_ips: tuple[str, ...] = ()

    @property
    def max_addresses(self) -> int:
        """How many it can have."""
        return max_addresses(self.spec, self.cu_count)

    @property
    def at_rest(self) -> str:
        """The state when nothing is under way; what serves DNAT only configures nothing."""
        only_dnat = set(self.dnat_ips).difference(self.snat_ips)
        return ACTIVE if set(self.public_ips).difference(only_dnat) else UNCONFIGURED


@dataclass(slots=True, kw_only=True, eq=False)
class SnatRule(Resource):
    """From where traffic leaves, and by which public addresses."""

    prefix: ClassVar[str] = "rule"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("nat_id", "vpc.Nat", OnDelete.CASCADE),)

    nat_id: str
    name: str
    public_ips: tuple[str, ...]
    source: str


@dataclass(slots=True, kw_only=True, eq=False)
class DnatRule(Resource):
    """Which traffic to a public address goes to which private one; without ports all of it does."""

    prefix: ClassVar[str] = "rule"
    id_letters: ClassVar[str] = "lower"
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("nat_id", "vpc.Nat", OnDelete.CASCADE),)

    nat_id: str
    name: str
    public_ip: str
    private_ip: str
    protocol: str
    public_ports: Ports = NO_PORTS
    private_ports: Ports = NO_PORTS


def max_addresses(spec: str, cu_count: int) -> int:
    """How many EIPs a NAT gateway of a size can have."""
    return ADDRESSES_OF_SPEC[spec] if spec else min(ADDRESSES_OF_CU * cu_count, MAX_ADDRESSES)
