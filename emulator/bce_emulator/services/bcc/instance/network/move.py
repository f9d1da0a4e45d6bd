"""The place of an instance in the network: its NICs, its subnet and its VPC."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.nic.host import elastic_nics, leave_vpc
from bce_emulator.services.vpc.nic.primary import check_move, move
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.nic.show import NetworkInterfaceBase, show_base
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.membership import NONE, chosen_groups
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet

ERRORS = [NoSuchObject, PrivateIpInUse, SubnetHasNoMoreIp, OperationDenied]


class ListInstanceEnisRequest(Model):
    """Whose NICs to list."""

    instance_id: str


class MoveRequest(Model):
    """Which instance moves to which subnet, there perhaps to a certain address and certain groups."""

    client_token: ClientToken = ""
    instance_id: str
    subnet_id: str
    internal_ip: str = ""
    security_group_ids: tuple[str, ...] = ()
    enterprise_security_group_ids: tuple[str, ...] = ()


class EniAddressView(TypedDict):
    """A private address of a NIC, with what belongs to it."""

    publicIpAddress: str
    primary: bool
    privateIpAddress: str
    ipv6Address: str


class EniView(NetworkInterfaceBase):
    """A NIC of an instance."""

    privateIpSet: list[EniAddressView]


class ListInstanceEnisResponse(TypedDict):
    """The NICs of an instance."""

    enis: list[EniView]


@operation("GET /v2/eni/{instanceId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Glftbscbp")
def list_instance_enis(account: AccountRegion, request: ListInstanceEnisRequest) -> ListInstanceEnisResponse:
    """List the NICs of an instance, its main one first."""
    instance = account.get(Instance, request.instance_id)
    nics = [nic_of(account, instance), *elastic_nics(account, instance.id)]
    return {"enis": [_show_nic(nic) for nic in nics]}


@operation("PUT /v2/subnet/changeSubnet", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Uk0m16sob")
def update_instance_subnet(account: AccountRegion, request: MoveRequest) -> None:
    """Move an instance to another subnet, or to another address, in its VPC and zone."""
    instance, subnet = _who_and_where(account, request)
    account.check(instance, "change_subnet")
    if subnet.vpc_id != nic_of(account, instance).vpc_id:
        raise BadRequest("the subnet is in another VPC")
    address = _check_move(account, instance, subnet, request)
    account.change(instance, "change_subnet")
    _move(account, nic_of(account, instance), subnet, address, request)


@operation("PUT /v2/vpc/changeVpc", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/ylftd2jb4")
def change_vpc(account: AccountRegion, request: MoveRequest) -> None:
    """Move an instance to a subnet of another VPC; without groups it gets the default one there."""
    instance, subnet = _who_and_where(account, request)
    spec = offerings.specs().get(instance.spec)
    action = "change_vpc_of_ebc" if spec is not None and spec.product == "ebc" else "change_vpc"
    account.check(instance, action)
    if subnet.vpc_id == nic_of(account, instance).vpc_id:
        raise BadRequest("the subnet is in the same VPC")
    address = _check_move(account, instance, subnet, request)
    account.change(instance, action)
    nic = nic_of(account, instance)
    leave_vpc(account, nic)
    if nic.security_group_ids:
        nic.security_group_ids = (default_security_group(account, subnet.vpc_id).id,)
    _move(account, nic, subnet, address, request)


def _who_and_where(account: AccountRegion, request: MoveRequest) -> tuple[Instance, Subnet]:
    return account.get(Instance, request.instance_id), account.get(Subnet, request.subnet_id)


def _check_move(account: AccountRegion, instance: Instance, subnet: Subnet, request: MoveRequest) -> str:
    """The address in the new subnet, or a refusal."""
    chosen_groups(account, subnet.vpc_id, request.security_group_ids, request.enterprise_security_group_ids)
    return check_move(account, nic_of(account, instance), subnet, request.internal_ip)


def _move(account: AccountRegion, nic: Nic, subnet: Subnet, address: str, request: MoveRequest) -> None:
    move(nic, subnet, address)
    groups = chosen_groups(account, subnet.vpc_id, request.security_group_ids, request.enterprise_security_group_ids)
    if groups != NONE:
        groups.put_on(nic)


def _show_nic(nic: Nic) -> EniView:
    addresses = [_show_address(nic, nic.private_ip, nic.ipv6)]
    return {
        **show_base(nic),
        "privateIpSet": addresses + [_show_address(nic, address) for address in nic.private_ips[1:]],
    }


def _show_address(nic: Nic, address: str, ipv6: str = "") -> EniAddressView:
    public = nic.public_address(address)
    return {
        "publicIpAddress": public.address if public else "",
        "primary": address == nic.private_ip,
        "privateIpAddress": address,
        "ipv6Address": ipv6,
    }
