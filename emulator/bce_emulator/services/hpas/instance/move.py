"""Move instances to another subnet or VPC."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.groups import GroupType, groups_named
from bce_emulator.services.hpas.instance.nic import nic_of
from bce_emulator.services.hpas.instance.resource import HpasInstance, instances_named
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.vpc.address.private import free_addresses
from bce_emulator.services.vpc.nic.host import leave_vpc
from bce_emulator.services.vpc.nic.primary import check_move, move
from bce_emulator.services.vpc.security_group.default import default_security_group
from bce_emulator.services.vpc.security_group.membership import NONE
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet

ERRORS = [NoSuchObject, OperationDenied, PrivateIpInUse, SubnetHasNoMoreIp]


class ModifyInstancesSubnetRequest(Model):
    """Which instances move to which subnet; one alone can be told its address there."""

    hpas_ids: tuple[str, ...]
    subnet_id: str
    private_ip: str = ""


class ModifyInstanceVPCRequest(Model):
    """Which instance moves to which subnet, there perhaps to a certain address and certain groups of one type."""

    hpas_id: str
    subnet_id: str
    private_ip: str = ""
    security_group_type: GroupType = ""
    security_group_ids: tuple[str, ...] = ()


@operation("POST /?action=ModifyInstancesSubnet", errors=ERRORS, basis="client")
def modify_instances_subnet(
    account: AccountRegion, request: ModifyInstancesSubnetRequest, call: Call
) -> RequestIdResponse:
    """Move instances to another subnet, or one to another address, in their VPC and zone: all, or none."""
    instances = instances_named(account, request.hpas_ids)
    subnet = account.get(Subnet, request.subnet_id)
    if request.private_ip and len(instances) > 1:
        raise BadRequest("privateIp is for one instance alone")
    for instance in instances:
        account.check(instance, "change_subnet")
        card = nic_of(account, instance)
        if subnet.vpc_id != card.vpc_id:
            raise BadRequest("the subnet is in another VPC")
        check_move(account, card, subnet, request.private_ip)
    addresses = [request.private_ip] if request.private_ip else free_addresses(account, subnet, len(instances))
    for instance, address in zip(instances, addresses, strict=True):
        account.change(instance, "change_subnet")
        move(nic_of(account, instance), subnet, address)
    return done(call)


@operation("POST /?action=ModifyInstanceVPC", name="ModifyInstanceVPC", errors=ERRORS, basis="client")
def modify_instance_vpc(account: AccountRegion, request: ModifyInstanceVPCRequest, call: Call) -> RequestIdResponse:
    """Move an instance to a subnet of another VPC; without groups it gets the default one there."""
    instance, subnet = account.get(HpasInstance, request.hpas_id), account.get(Subnet, request.subnet_id)
    account.check(instance, "change_vpc")
    card = nic_of(account, instance)
    if subnet.vpc_id == card.vpc_id:
        raise BadRequest("the subnet is in the same VPC")
    groups = groups_named(account, subnet.vpc_id, request.security_group_type, request.security_group_ids)
    address = check_move(account, card, subnet, request.private_ip)
    account.change(instance, "change_vpc")
    leave_vpc(account, card)
    if groups != NONE:
        groups.put_on(card)
    elif card.security_group_ids:
        card.security_group_ids = (default_security_group(account, subnet.vpc_id).id,)
    move(card, subnet, address)
    return done(call)
