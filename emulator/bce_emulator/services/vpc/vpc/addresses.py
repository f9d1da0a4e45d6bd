"""Which private addresses of a VPC are in use, and by what."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.address.private import AddressInUse, addresses_in_use
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

MAX_ADDRESSES = 100
DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 100, 1000


class GetVpcResourceIpInfoRequest(Model):
    """Which VPC, and perhaps which subnet and product; the pages are numbered."""

    vpc_id: str
    subnet_id: str = ""
    resource_type: str = ""
    page_no: Annotated[int, Field(ge=1)] = 1
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE


class QueryVpcIntranetIpRequest(Model):
    """Addresses one by one, or a range such as ``192.168.0.1-192.168.0.5``, which wins."""

    vpc_id: str
    private_ip_addresses: tuple[str, ...] = ()
    private_ip_range: str = ""


class ResourceIpView(TypedDict):
    """An address in use, and the product that has it."""

    ip: str
    resourceType: str


class GetVpcResourceIpInfoResponse(TypedDict):
    """One page of the addresses in use, and how many there are in all."""

    result: list[ResourceIpView]
    pageNo: int
    pageSize: int
    totalCount: int


class PrivateIpView(TypedDict):
    """An address that was asked for, and what has it."""

    privateIpAddress: str
    cidr: str
    privateIpAddressType: str
    createdTime: str


class QueryVpcIntranetIpResponse(TypedDict):
    """Those of the addresses that something has."""

    vpcPrivateIpAddresses: list[PrivateIpView]


@operation("GET /v1/vpc/resourceIp", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Vm2u5ctl8")
def get_vpc_resource_ip_info(
    account: AccountRegion, request: GetVpcResourceIpInfoRequest
) -> GetVpcResourceIpInfoResponse:
    """List the addresses in use in a VPC, the lowest first."""
    vpc = account.get(Vpc, request.vpc_id)
    if request.subnet_id and account.get(Subnet, request.subnet_id).vpc_id != vpc.id:
        raise BadRequest("the subnet is in another VPC")
    found = [
        used
        for subnet, used in _addresses_of(account, vpc)
        if request.subnet_id in {"", subnet.id} and request.resource_type in {"", used.product}
    ]
    found.sort(key=lambda used: int(IPv4Address(used.address)))
    start = (request.page_no - 1) * request.page_size
    return {
        "result": [
            {"ip": used.address, "resourceType": used.product} for used in found[start : start + request.page_size]
        ],
        "pageNo": request.page_no,
        "pageSize": request.page_size,
        "totalCount": len(found),
    }


@operation(
    "GET /v1/vpc/{vpcId}/privateIpAddressInfo",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/VPC/s/2kih0m069",
)
def query_vpc_intranet_ip(account: AccountRegion, request: QueryVpcIntranetIpRequest) -> QueryVpcIntranetIpResponse:
    """Tell what has the addresses; those that nothing has are left out."""
    vpc = account.get(Vpc, request.vpc_id)
    requested = _requested(request)
    return {
        "vpcPrivateIpAddresses": [
            {
                "privateIpAddress": used.address,
                "cidr": subnet.cidr,
                "privateIpAddressType": used.product.upper(),
                "createdTime": iso(used.since),
            }
            for subnet, used in _addresses_of(account, vpc)
            if int(IPv4Address(used.address)) in requested
        ]
    }


def _addresses_of(account: AccountRegion, vpc: Vpc) -> Iterator[tuple[Subnet, AddressInUse]]:
    for subnet in account.where(Subnet, "vpc_id", vpc.id):
        for used in addresses_in_use(account, subnet):
            yield subnet, used


def _requested(request: QueryVpcIntranetIpRequest) -> range | set[int]:
    requested: range | set[int]
    if request.private_ip_range:
        first, _, last = request.private_ip_range.partition("-")
        requested = range(_number(first), _number(last) + 1)
    else:
        requested = {_number(address) for address in request.private_ip_addresses}
    if not requested:
        raise BadRequest("privateIpAddresses or privateIpRange is to name an address")
    if len(requested) > MAX_ADDRESSES:
        raise BadRequest(f"one call asks for at most {MAX_ADDRESSES} addresses")
    return requested


def _number(address: str) -> int:
    try:
        return int(IPv4Address(address.strip()))
    except AddressValueError:
        raise BadRequest(f"{address!r} is not an IPv4 address") from None
