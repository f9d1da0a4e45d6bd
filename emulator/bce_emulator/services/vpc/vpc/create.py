"""Create a VPC."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import QualifyNotPass
from bce_emulator.services.shared.cidr import vpc_ipv6_range, vpc_range
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import Tag, TagModel, tags_of
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description, check_name
from bce_emulator.services.vpc.quotas import VPCS, check_quota
from bce_emulator.services.vpc.vpc.resource import Vpc


class CreateVpcRequest(Model):
    """The name and the range of a VPC, and whether it has IPv6 as well."""

    client_token: ClientToken = ""
    name: str
    cidr: str
    description: str = ""
    enable_ipv6: bool = False
    tags: tuple[TagModel, ...] = ()


class CreateVpcResponse(TypedDict):
    """The VPC that was created."""

    vpcId: str


@operation("POST /v1/vpc", errors=[QualifyNotPass, LimitExceeded], doc="https://cloud.baidu.com/doc/VPC/s/Njwvyuaq5")
def create_vpc(account: AccountRegion, request: CreateVpcRequest) -> CreateVpcResponse:
    """Create a VPC; VPCs may share addresses with each other."""
    require_real_name(account)
    check_name(request.name)
    check_description(request.description)
    network = vpc_range(request.cidr, "cidr")
    check_quota(account, VPCS, len(account.collection(Vpc)) + 1)
    vpc = make_vpc(account, request.name, str(network), request.description, tags=tags_of(request.tags))
    if request.enable_ipv6:
        give_ipv6(account, vpc)
    return {"vpcId": vpc.id}


def make_vpc(
    account: AccountRegion, name: str, cidr: str, desc: str, *, is_default: bool = False, tags: tuple[Tag, ...] = ()
) -> Vpc:
    """Create a VPC; what every VPC is born with declares so itself."""
    return account.add(Vpc(id=account.new_id(Vpc), name=name, cidr=cidr, desc=desc, is_default=is_default, tags=tags))


def give_ipv6(account: AccountRegion, vpc: Vpc) -> None:
    """Give a VPC an IPv6 range of its own."""
    vpc.ipv6_cidr = vpc_ipv6_range(account.next_number("ipv6 range"))
