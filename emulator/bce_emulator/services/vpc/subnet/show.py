"""How a subnet is shown."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.address.private import count_free, count_free_unreserved, holder_types
from bce_emulator.services.vpc.subnet.resource import Subnet


class SubnetView(TypedDict):
    """A subnet, alone or in its VPC."""

    subnetId: str
    name: str
    zoneName: str
    cidr: str
    ipv6Cidr: str
    vpcId: str
    subnetType: str
    description: str
    createdTime: str
    availableIp: int
    availableUnreservedIp: int
    tags: list[TagView]


def rendered_subnet(account: AccountRegion, subnet: Subnet) -> SubnetView:
    """The JSON of a subnet, kept until the subnet, or something with an address in it, has changed."""
    return account.rendered(subnet, show_subnet, *holder_types())


def show_subnet(account: AccountRegion, subnet: Subnet) -> SubnetView:
    """A subnet by the API's member names."""
    return {
        "subnetId": subnet.id,
        "name": subnet.name,
        "zoneName": subnet.zone,
        "cidr": subnet.cidr,
        "ipv6Cidr": subnet.ipv6_cidr,
        "vpcId": subnet.vpc_id,
        "subnetType": subnet.subnet_type,
        "description": subnet.desc,
        "createdTime": iso(subnet.created),
        "availableIp": count_free(account, subnet),
        "availableUnreservedIp": count_free_unreserved(account, subnet),
        "tags": show_tags(subnet.tags),
    }
