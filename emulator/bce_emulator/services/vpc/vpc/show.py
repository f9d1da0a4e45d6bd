"""How a VPC is shown: in a list, and in full with its subnets."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.subnet.show import SubnetView, rendered_subnet
from bce_emulator.services.vpc.vpc.resource import Vpc


class VpcView(TypedDict):
    """A VPC, as a list shows it."""

    vpcId: str
    name: str
    cidr: str
    ipv6Cidr: str
    createdTime: str
    description: str
    isDefault: bool
    secondaryCidr: list[str]
    relay: bool
    tags: list[TagView]


class VpcInFullView(VpcView):
    """A VPC and its subnets."""

    subnets: list[SubnetView]


def show_vpc(vpc: Vpc) -> VpcView:
    """A VPC by the API's member names."""
    return {
        "vpcId": vpc.id,
        "name": vpc.name,
        "cidr": vpc.cidr,
        "ipv6Cidr": vpc.ipv6_cidr,
        "createdTime": iso(vpc.created),
        "description": vpc.desc,
        "isDefault": vpc.is_default,
        "secondaryCidr": list(vpc.secondary_cidrs),
        "relay": vpc.relay,
        "tags": show_tags(vpc.tags),
    }


def show_vpc_in_full(account: AccountRegion, vpc: Vpc) -> VpcInFullView:
    """A VPC and its subnets, oldest first."""
    subnets = sorted(account.where(Subnet, "vpc_id", vpc.id), key=lambda subnet: subnet.serial)
    return {**show_vpc(vpc), "subnets": [rendered_subnet(account, subnet) for subnet in subnets]}
