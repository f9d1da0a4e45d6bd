"""The place of a server in the network: its subnet, its VPC and its primary network interface."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.vpc.nic.host import leave_vpc
from bce_emulator.services.vpc.nic.primary import check_move, move
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

ERRORS = [NoSuchObject, OperationDenied, PrivateIpInUse, SubnetHasNoMoreIp]
MAX_AT_ONCE = 100


class MoveRequest(Model):
    """Which server moves to which subnet, there perhaps to a certain address. It restarts in any case."""

    instance_id: str = ""
    subnet_id: str = ""
    internal_ip: str = ""
    reboot: bool = False


class GetVpcSubnetRequest(Model):
    """Whose networks to show."""

    bbc_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)]


class GetInstanceEniRequest(Model):
    """Whose primary card to show."""

    instance_id: str


class ServerVpcView(TypedDict):
    """The VPC of a server, whether it is the default one by both names."""

    vpcId: str
    cidr: str
    name: str
    description: str
    isDefault: bool
    default: bool


class ServerSubnetView(TypedDict):
    """The subnet of a server."""

    vpcId: str
    name: str
    subnetType: str
    subnetId: str
    cidr: str
    zoneName: str


class NetworkInfoView(TypedDict):
    """A server and its network."""

    bbcId: str
    vpc: ServerVpcView
    subnet: ServerSubnetView


class GetVpcSubnetResponse(TypedDict):
    """The networks, in the order in which the servers were named."""

    networkInfo: list[NetworkInfoView]


class CardAddressView(TypedDict):
    """A private address of a card, with what belongs to it."""

    publicIpAddress: str
    primary: bool
    privateIpAddress: str
    ipv6Address: str
    subnetId: str


class GetInstanceEniResponse(TypedDict):
    """The primary card of a server."""

    eniId: str
    name: str
    zoneName: str
    description: str
    instanceId: str
    macAddress: str
    vpcId: str
    subnetId: str
    status: str
    privateIpSet: list[CardAddressView]


@operation("PUT /v1/subnet/changeSubnet", errors=ERRORS, basis="client")
def instance_change_subnet(account: AccountRegion, request: MoveRequest) -> None:
    """Move a server to another subnet, or to another address, in its VPC and zone."""
    server, subnet = _who_and_where(account, request)
    card = nic_of(account, server)
    if subnet.vpc_id != card.vpc_id:
        raise BadRequest("the subnet is in another VPC")
    address = check_move(account, card, subnet, request.internal_ip)
    account.change(server, "change_network")
    move(card, subnet, address)
    note(account, "InstanceChangeSubnet", request.instance_id)


@operation("PUT /v1/vpc/changeVpc", errors=ERRORS, basis="client")
def instance_change_vpc(account: AccountRegion, request: MoveRequest) -> None:
    """Move a server to a subnet of another VPC, where it is in the default security group."""
    server, subnet = _who_and_where(account, request)
    card = nic_of(account, server)
    if subnet.vpc_id == card.vpc_id:
        raise BadRequest("the subnet is in the same VPC")
    address = check_move(account, card, subnet, request.internal_ip)
    account.change(server, "change_network")
    leave_vpc(account, card)
    if card.security_group_ids:
        card.security_group_ids = (default_security_group(account, subnet.vpc_id).id,)
    move(card, subnet, address)
    note(account, "InstanceChangeVpc", request.instance_id)


@operation("POST /v1/vpcSubnet", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BBC/s/7jwvxua81")
def get_vpc_subnet(account: AccountRegion, request: GetVpcSubnetRequest) -> GetVpcSubnetResponse:
    """Show the VPCs and the subnets of servers."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.bbc_ids)]
    return {"networkInfo": [_show_network(account, server) for server in servers]}


@operation("GET /v1/vpcPort/{instanceId}", errors=[NoSuchObject], basis="client")
def get_instance_eni(account: AccountRegion, request: GetInstanceEniRequest) -> GetInstanceEniResponse:
    """Show the primary network interface of a server."""
    card = nic_of(account, account.get(Server, request.instance_id))
    return {
        "eniId": card.id,
        "name": card.name,
        "zoneName": card.zone,
        "description": card.desc,
        "instanceId": card.device_id,
        "macAddress": card.mac,
        "vpcId": card.vpc_id,
        "subnetId": card.subnet_id,
        "status": card.status,
        "privateIpSet": [_show_address(account, card, address) for address in card.private_ips]
        + [_show_ipv6(card, address) for address in card.ipv6s if address != card.ipv6],
    }


def _who_and_where(account: AccountRegion, request: MoveRequest) -> tuple[Server, Subnet]:
    server, subnet = account.get(Server, request.instance_id), account.get(Subnet, request.subnet_id)
    account.check(server, "change_network")
    return server, subnet


def _show_network(account: AccountRegion, server: Server) -> NetworkInfoView:
    card = nic_of(account, server)
    vpc, subnet = account.get(Vpc, card.vpc_id), account.get(Subnet, card.subnet_id)
    return {
        "bbcId": server.id,
        "vpc": {
            "vpcId": vpc.id,
            "cidr": vpc.cidr,
            "name": vpc.name,
            "description": vpc.desc,
            "isDefault": vpc.is_default,
            "default": vpc.is_default,
        },
        "subnet": {
            "vpcId": vpc.id,
            "name": subnet.name,
            "subnetType": subnet.subnet_type,
            "subnetId": subnet.id,
            "cidr": subnet.cidr,
            "zoneName": subnet.zone,
        },
    }


def _show_ipv6(card: Nic, address: str) -> CardAddressView:
    return {
        "publicIpAddress": "",
        "primary": False,
        "privateIpAddress": "",
        "ipv6Address": address,
        "subnetId": card.subnet_id,
    }


def _show_address(account: AccountRegion, card: Nic, address: str) -> CardAddressView:
    public = card.public_address(address)
    across = [account.get(Subnet, each) for each in card.cross_subnet_ids] if address in card.cross_subnet_ips else []
    return {
        "publicIpAddress": public.address if public else "",
        "primary": address == card.private_ip,
        "privateIpAddress": address,
        "ipv6Address": card.ipv6 if address == card.private_ip else "",
        "subnetId": next((each.id for each in across if IPv4Address(address) in each.network), card.subnet_id),
    }
