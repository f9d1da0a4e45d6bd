"""Create a subnet."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, QualifyNotPass
from bce_emulator.services.shared.cidr import SUBNET_MAX_PREFIX, check_apart, range_of, subnet_ipv6_range
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description, check_name
from bce_emulator.services.vpc.quotas import SUBNETS, check_quota
from bce_emulator.services.vpc.subnet.errors import CidrConflict
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

SubnetType = Literal["BCC", "BBC", "BCC_NAT"]


class CreateSubnetRequest(Model):
    """Where the subnet is, and its part of the VPC's range."""

    client_token: ClientToken = ""
    name: str
    zone_name: str
    cidr: str
    vpc_id: str
    vpc_secondary_cidr: str = ""
    subnet_type: SubnetType = "BCC"
    enable_ipv6: bool = False
    description: str = ""
    tags: tuple[TagModel, ...] = ()


class CreateSubnetResponse(TypedDict):
    """The subnet that was made."""

    subnetId: str


@operation(
    "POST /v1/subnet",
    errors=[QualifyNotPass, NoSuchObject, CidrConflict, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/Yjwvyu8o1",
)
def create_subnet(account: AccountRegion, request: CreateSubnetRequest) -> CreateSubnetResponse:
    """Create a subnet in a VPC."""
    require_real_name(account)
    check_name(request.name)
    check_description(request.description)
    vpc = account.get(Vpc, request.vpc_id)
    if request.zone_name not in zones(account.region):
        raise BadRequest(not_offered("zoneName", request.zone_name, zones(account.region)))
    cidr = _check_range(account, vpc, request)
    neighbours = account.where(Subnet, "vpc_id", vpc.id)
    check_quota(account, SUBNETS, len(neighbours) + 1)
    subnet = Subnet(
        id=account.new_id(Subnet),
        name=request.name,
        vpc_id=vpc.id,
        cidr=cidr,
        ipv6_cidr=free_ipv6_range(account, vpc) if request.enable_ipv6 else "",
        zone=request.zone_name,
        desc=request.description,
        subnet_type=request.subnet_type,
        tags=tags_of(request.tags),
    )
    return {"subnetId": account.add(subnet).id}


def free_ipv6_range(account: AccountRegion, vpc: Vpc) -> str:
    """The IPv6 range that the next subnet of a VPC gets."""
    return subnet_ipv6_range(vpc.ipv6_cidr, (each.ipv6_cidr for each in account.where(Subnet, "vpc_id", vpc.id)))


def _check_range(account: AccountRegion, vpc: Vpc, request: CreateSubnetRequest) -> str:
    network = range_of(request.cidr, "cidr")
    if network.prefixlen > SUBNET_MAX_PREFIX:
        raise BadRequest(f"cidr has a mask of at most {SUBNET_MAX_PREFIX} bits")
    if request.vpc_secondary_cidr and request.vpc_secondary_cidr not in vpc.secondary_cidrs:
        raise BadRequest(not_offered("vpcSecondaryCidr", request.vpc_secondary_cidr, vpc.secondary_cidrs or ("none",)))
    around = request.vpc_secondary_cidr or vpc.cidr
    if not network.subnet_of(IPv4Network(around)):
        raise BadRequest(f"cidr is not within {around}")
    check_apart(network, (each.cidr for each in account.where(Subnet, "vpc_id", vpc.id)), "cidr", CidrConflict)
    if request.enable_ipv6 and not vpc.ipv6_cidr:
        raise BadRequest("the VPC has no IPv6")
    return str(network)
