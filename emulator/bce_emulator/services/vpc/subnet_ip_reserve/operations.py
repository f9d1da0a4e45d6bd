"""Reserve ranges of a subnet, look at them and give them free again."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import parse_network
from bce_emulator.services.vpc.address.private import is_range_in_use, reserved_ranges
from bce_emulator.services.vpc.names import check_description
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.subnet_ip_reserve.resource import ReservedRange

MIN_IPV6_PREFIX = 96


class CreateIpReservedRequest(Model):
    """An address or a range of a subnet."""

    client_token: ClientToken = ""
    subnet_id: str
    ip_cidr: str
    ip_version: Literal[4, 6]
    description: str = ""


class ListIpReserveRequest(Model):
    """Perhaps of which subnet."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    subnet_id: str = ""


class DeleteIpReserveRequest(Model):
    """Which range is free again."""

    client_token: ClientToken = ""
    ip_reserve_id: str


class CreateIpReservedResponse(TypedDict):
    """The range that was reserved."""

    ipReserveId: str


class ReservedRangeView(TypedDict):
    """A reserved range."""

    ipReserveId: str
    subnetId: str
    ipCidr: str
    ipVersion: str
    description: str
    createdTime: str
    updatedTime: str


class ListIpReserveResponse(Page):
    """One page of the reserved ranges."""

    ipReserves: list[ReservedRangeView]


@operation(
    "POST /v1/subnet/ipreserve",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/xlgyjw2kn",
)
def create_ip_reserved(account: AccountRegion, request: CreateIpReservedRequest) -> CreateIpReservedResponse:
    """Reserve a range of a subnet that nothing has an address of."""
    check_description(request.description)
    subnet = account.get(Subnet, request.subnet_id)
    network = _network(subnet, request.ip_cidr, request.ip_version)
    if any(network.overlaps(other) for other in reserved_ranges(account, subnet) if other.version == network.version):
        raise OperationDenied("the range overlaps another reserved one")
    if is_range_in_use(account, subnet, network):
        raise OperationDenied("an address of the range is in use")
    made = ReservedRange(
        id=account.new_id(ReservedRange), subnet_id=subnet.id, cidr=request.ip_cidr, desc=request.description
    )
    return {"ipReserveId": account.add(made).id}


@operation("GET /v1/subnet/ipreserve", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Flgyjya1o")
def list_ip_reserve(account: AccountRegion, request: ListIpReserveRequest) -> ListIpReserveResponse:
    """List the reserved ranges, or those of a subnet, newest first."""
    if request.subnet_id:
        account.get(Subnet, request.subnet_id)
    return page(
        ListIpReserveResponse,
        account,
        ReservedRange,
        "ipReserves",
        _show,
        request.marker,
        request.max_keys,
        lambda each: request.subnet_id in {"", each.subnet_id},
    )


@operation("DELETE /v1/subnet/ipreserve/{ipReserveId}", errors=[NoSuchObject], basis="client")
def delete_ip_reserve(account: AccountRegion, request: DeleteIpReserveRequest) -> None:
    """Let a reserved range be handed out again."""
    account.remove(account.get(ReservedRange, request.ip_reserve_id))


def _network(subnet: Subnet, text: str, version: int) -> IPv4Network | IPv6Network:
    try:
        network = parse_network(text)
    except ValueError as error:
        raise BadRequest(f"ipCidr: {str(error)[:100]}") from None
    if network.version != version:
        raise BadRequest("ipVersion is not that of ipCidr")
    if isinstance(network, IPv6Network) and network.prefixlen < MIN_IPV6_PREFIX:
        raise BadRequest(f"an IPv6 range has a mask of at least {MIN_IPV6_PREFIX} bits")
    around = next((each for each in subnet.networks if each.version == version), None)
    if around is None or not int(around[0]) <= int(network[0]) <= int(network[-1]) <= int(around[-1]):
        raise BadRequest("ipCidr is not within the subnet")
    return network


def _show(each: ReservedRange) -> ReservedRangeView:
    return {
        "ipReserveId": each.id,
        "subnetId": each.subnet_id,
        "ipCidr": each.cidr,
        "ipVersion": str(each.network.version),
        "description": each.desc,
        "createdTime": iso(each.created),
        "updatedTime": iso(each.created),
    }
