"""Change a VPC: its name, its secondary ranges, IPv6 and the relay of routes."""

from __future__ import annotations

from ipaddress import IPv4Network

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import check_apart, vpc_range
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.ipv6_gateway.resource import Ipv6Gateway
from bce_emulator.services.vpc.names import check_description, check_name
from bce_emulator.services.vpc.quotas import SECONDARY_CIDRS, check_quota
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.create import give_ipv6
from bce_emulator.services.vpc.vpc.resource import Vpc


class UpdateVpcRequest(Model):
    """What to change; the secondary ranges, if given, take the place of those there are."""

    client_token: ClientToken = ""
    vpc_id: str
    name: str
    description: str | None = None
    enable_ipv6: bool | None = None
    secondary_cidr: tuple[str, ...] | None = None


class VpcRelayRequest(Model):
    """Which VPC is to relay, or not to."""

    client_token: ClientToken = ""
    vpc_id: str


@operation(
    "PUT /v1/vpc/{vpcId}?modifyAttribute",
    errors=[NoSuchObject, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/3jwvyu7wm",
)
def update_vpc(account: AccountRegion, request: UpdateVpcRequest) -> None:
    """Rename or describe a VPC, switch IPv6, and set its secondary ranges."""
    vpc = account.get(Vpc, request.vpc_id)
    check_name(request.name, kept=vpc.name)
    check_description(request.description)
    secondary = vpc.secondary_cidrs
    if request.secondary_cidr is not None:
        secondary = _secondary_ranges(account, vpc, request.secondary_cidr)
    if request.enable_ipv6 is False and _uses_ipv6(account, vpc):
        raise BadRequest("the VPC has an IPv6 gateway, or a subnet with IPv6")
    vpc.name = request.name
    vpc.secondary_cidrs = secondary
    if request.description is not None:
        vpc.desc = request.description
    if request.enable_ipv6 is False:
        vpc.ipv6_cidr = ""
    elif request.enable_ipv6 and not vpc.ipv6_cidr:
        give_ipv6(account, vpc)


@operation("PUT /v1/vpc/openRelay/{vpcId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Lluccn0nc")
def open_vpc_relay(account: AccountRegion, request: VpcRelayRequest) -> None:
    """Let the routes of a VPC lead traffic that is not its own."""
    account.get(Vpc, request.vpc_id).relay = True


@operation(
    "PUT /v1/vpc/shutdownRelay/{vpcId}",
    errors=[NoSuchObject, OperationDenied],
)
def close_vpc_relay(account: AccountRegion, request: VpcRelayRequest) -> None:
    """Let the routes of a VPC lead only its own traffic; the relay has to be open."""
    vpc = account.get(Vpc, request.vpc_id)
    if not vpc.relay:
        raise OperationDenied("the relay is not open")
    vpc.relay = False


def _secondary_ranges(account: AccountRegion, vpc: Vpc, texts: tuple[str, ...]) -> tuple[str, ...]:
    ranges: list[str] = []
    for text in texts:
        network = vpc_range(text, "secondaryCidr")
        check_apart(network, (vpc.cidr, *ranges), "secondaryCidr")
        ranges.append(str(network))
    kept = [IPv4Network(cidr) for cidr in (vpc.cidr, *ranges)]
    for subnet in account.where(Subnet, "vpc_id", vpc.id):
        if not any(subnet.network.subnet_of(cidr) for cidr in kept):
            raise BadRequest(f"{subnet.id} is in a secondary CIDR that would go")
    check_quota(account, SECONDARY_CIDRS, len(ranges))
    return tuple(ranges)


def _uses_ipv6(account: AccountRegion, vpc: Vpc) -> bool:
    has_subnet = any(subnet.ipv6_cidr for subnet in account.where(Subnet, "vpc_id", vpc.id))
    return has_subnet or bool(account.where(Ipv6Gateway, "vpc_id", vpc.id))
