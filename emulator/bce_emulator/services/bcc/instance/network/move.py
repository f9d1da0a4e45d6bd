"""The place of an instance in the network: its NICs, its subnet and its VPC."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.engine.http.request import Json
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.creation.order import check_groups
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.subnet.addresses import check_address, follow, free_addresses
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.default import default_security_group

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


@operation("GET /v2/eni/{instanceId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/Glftbscbp")
def list_instance_enis(account: AccountRegion, request: ListInstanceEnisRequest) -> Json:
    """List the NICs of an instance; it has its main one."""
    return {"enis": [_show_main_nic(account.get(Instance, request.instance_id))]}


@operation("PUT /v2/subnet/changeSubnet", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Uk0m16sob")
def update_instance_subnet(account: AccountRegion, request: MoveRequest) -> None:
    """Move an instance to another subnet, or to another address, in its VPC and zone."""
    instance, subnet = _who_and_where(account, request)
    account.check(instance, "change_subnet")
    if subnet.vpc_id != instance.vpc_id:
        raise BadRequest("the subnet is in another VPC")
    address = _check_move(account, instance, subnet, request)
    account.change(instance, "change_subnet")
    _move(instance, subnet, address, request, instance.security_group_ids)


@operation("PUT /v2/vpc/changeVpc", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/ylftd2jb4")
def change_vpc(account: AccountRegion, request: MoveRequest) -> None:
    """Move an instance to a subnet of another VPC; without groups it gets the default one there."""
    instance, subnet = _who_and_where(account, request)
    spec = offerings.specs().get(instance.spec)
    action = "change_vpc_of_ebc" if spec is not None and spec.product == "ebc" else "change_vpc"
    account.check(instance, action)
    if subnet.vpc_id == instance.vpc_id:
        raise BadRequest("the subnet is in the same VPC")
    address = _check_move(account, instance, subnet, request)
    account.change(instance, action)
    _move(instance, subnet, address, request, (default_security_group(account, subnet.vpc_id).id,))


def _who_and_where(account: AccountRegion, request: MoveRequest) -> tuple[Instance, Subnet]:
    return account.get(Instance, request.instance_id), account.get(Subnet, request.subnet_id)


def _check_move(account: AccountRegion, instance: Instance, subnet: Subnet, request: MoveRequest) -> str:
    """The address in the new subnet, or a refusal."""
    if subnet.zone != instance.zone:
        raise BadRequest(f"the instance is in {instance.zone}, the subnet in {subnet.zone}")
    if instance.secondary_ips or instance.ipv6:
        raise BadRequest("secondary and IPv6 addresses are to be released first")
    if subnet.id == instance.subnet_id and not request.internal_ip:
        raise BadRequest("the instance is in this subnet")
    check_groups(account, subnet, request.security_group_ids, request.enterprise_security_group_ids)
    if not request.internal_ip:
        return free_addresses(account, subnet, 1)[0]
    check_address(account, subnet, request.internal_ip)
    return request.internal_ip


def _move(instance: Instance, subnet: Subnet, address: str, request: MoveRequest, groups: tuple[str, ...]) -> None:
    instance.vpc_id, instance.subnet_id = subnet.vpc_id, subnet.id
    instance.internal_ip = address
    follow(subnet, address)
    instance.security_group_ids = tuple(dict.fromkeys(request.security_group_ids)) or groups


def _show_main_nic(instance: Instance) -> Json:
    return {
        "eniId": instance.eni_id,
        "name": "eth0",
        "zoneName": instance.zone,
        "description": "",
        "instanceId": instance.id,
        "macAddress": instance.mac,
        "vpcId": instance.vpc_id,
        "subnetId": instance.subnet_id,
        "status": "inuse",
        "createdTime": iso(instance.created),
        "privateIpSet": [_show_address(instance.internal_ip, True, instance.public_ip, instance.ipv6)]
        + [_show_address(address, False) for address in instance.secondary_ips],
        "securityGroupIds": list(instance.security_group_ids),
    }


def _show_address(address: str, primary: bool, public: str = "", ipv6: str = "") -> Json:
    return {"publicIpAddress": public, "primary": primary, "privateIpAddress": address, "ipv6Address": ipv6}
