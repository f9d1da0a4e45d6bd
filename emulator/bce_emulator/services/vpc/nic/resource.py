"""What an elastic network interface is. https://cloud.baidu.com/doc/VPC/s/0jwvytzll"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.services.shared.tags import Tag
from bce_emulator.services.vpc.nic.lifecycle import LIFECYCLE, PRIMARY


class PublicAddress(NamedTuple):
    """A public address, the private one that it belongs to, its bandwidth in Mbps, and what else the card shows."""

    address: str
    private_ip: str
    bandwidth: int
    eip_id: str = ""
    group_id: str = ""
    charge_type: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Nic(Resource):
    """A card with its addresses and security groups; ``device_id`` is what it is in, and may be empty.

    ``cross_subnet_ips`` are addresses of other subnets (``cross_subnet_ids``) than that of the card. ``health`` is what
    checks find of a primary card's instance, if a test has set that.
    """

    prefix: ClassVar[str] = "eni"
    id_letters: ClassVar[str] = "lower"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (
        ForeignKey("subnet_id", "vpc.Subnet"),
        ForeignKey("cross_subnet_ids", "vpc.Subnet"),
        ForeignKey("security_group_ids", "vpc.SecurityGroup"),
        ForeignKey("enterprise_security_group_ids", "vpc.EnterpriseSecurityGroup"),
    )

    name: str = ""
    desc: str = ""
    vpc_id: str
    subnet_id: str
    zone: str
    mac: str
    state: str = PRIMARY
    device_id: str = ""
    is_primary: bool = False
    private_ip: str
    secondary_ips: tuple[str, ...] = ()
    ipv6: str = ""
    secondary_ipv6s: tuple[str, ...] = ()
    cross_subnet_ids: tuple[str, ...] = ()
    cross_subnet_ips: tuple[str, ...] = ()
    cross_subnet_ipv6s: tuple[str, ...] = ()
    traffic_mode: str = "standard"
    tags: tuple[Tag, ...] = ()
    public_addresses: tuple[PublicAddress, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_ids: tuple[str, ...] = ()
    health: str = ""

    @property
    def title(self) -> str:
        """The id, and what the card is in."""
        return f"{self.device_id} ({self.id})" if self.device_id else self.id

    @property
    def private_ips(self) -> tuple[str, ...]:
        """The primary and the secondary IPv4 addresses."""
        return (self.private_ip, *self.secondary_ips, *self.cross_subnet_ips)

    @property
    def addresses(self) -> tuple[str, ...]:
        """All that a public address can belong to: the IPv4 addresses, and the IPv6 ones."""
        return (*self.private_ips, *self.ipv6s)

    @property
    def ipv6s(self) -> tuple[str, ...]:
        """The IPv6 addresses."""
        secondary = (*self.secondary_ipv6s, *self.cross_subnet_ipv6s)
        return (self.ipv6, *secondary) if self.ipv6 else secondary

    def public_address(self, private_ip: str) -> PublicAddress | None:
        """The public address that belongs to a private one."""
        return next((each for each in self.public_addresses if each.private_ip == private_ip), None)

    @property
    def public_ip(self) -> str:
        """The public address that belongs to the primary one, or an empty string."""
        found = self.public_address(self.private_ip)
        return found.address if found else ""

    @property
    def public_bandwidth(self) -> int:
        """The bandwidth in Mbps of the same, or 0."""
        found = self.public_address(self.private_ip)
        return found.bandwidth if found else 0

    @property
    def public_charge_type(self) -> str:
        """How the same is paid for, in the words of instances, or an empty string."""
        found = self.public_address(self.private_ip)
        return found.charge_type if found else ""
