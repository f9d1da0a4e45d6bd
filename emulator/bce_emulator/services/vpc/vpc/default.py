"""The network that every account is born with: a VPC, a subnet in each zone, and a security group."""

from __future__ import annotations

from ipaddress import IPv4Network

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import on_account_created
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.create import make_vpc
from bce_emulator.services.vpc.vpc.resource import Vpc

CIDR = "192.168.0.0/16"
SUBNET_PREFIX = 20
SUBNET_NAME = "系统预定义子网"
"""That of the first zone; the others add the letter of theirs, as public examples of zones B and D do."""


@on_account_created
def default_network(account: AccountRegion) -> None:
    """The /20 and the first name are documented; a subnet in every zone is a proposal."""
    vpc = make_vpc(account, "default", CIDR, "default", is_default=True)
    ranges = IPv4Network(CIDR).subnets(new_prefix=SUBNET_PREFIX)
    for number, (zone, cidr) in enumerate(zip(zones(account.region), ranges, strict=False)):
        account.add(
            Subnet(
                id=account.new_id(Subnet),
                name=SUBNET_NAME + zone[-1].upper() if number else SUBNET_NAME,
                vpc_id=vpc.id,
                cidr=str(cidr),
                zone=zone,
                is_default=True,
            )
        )


def default_vpc(account: AccountRegion) -> Vpc:
    """The VPC that a request without one gets."""
    return account.get_by(Vpc, "is_default", True)


def default_subnet(account: AccountRegion, zone: str) -> Subnet:
    """The subnet that a request without one gets in a zone."""
    return next(subnet for subnet in account.where(Subnet, "is_default", True) if subnet.zone == zone)
