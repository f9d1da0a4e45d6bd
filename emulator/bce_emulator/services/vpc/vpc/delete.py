"""Delete a VPC that nothing is in."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.dependents import IN_USE, dependents
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.security_group.create import remove_group
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease, SubnetInUse
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.errors import NotAllowDeleteVpc
from bce_emulator.services.vpc.vpc.resource import Vpc


class DeleteVpcRequest(Model):
    """Which VPC goes."""

    client_token: ClientToken = ""
    vpc_id: str


@operation(
    "DELETE /v1/vpc/{vpcId}",
    errors=[NoSuchObject, SubnetInUse, ResourceNeedRelease, NotAllowDeleteVpc],
)
def delete_vpc(account: AccountRegion, request: DeleteVpcRequest) -> None:
    """Delete a VPC with its route table and its default security group; anything else in it keeps it."""
    vpc = account.get(Vpc, request.vpc_id)
    if vpc.is_default:
        raise NotAllowDeleteVpc("the default VPC stays")
    inside = dependents(account, "vpc_id", vpc.id)
    if any(isinstance(each, Subnet) and each.id in account.setting(IN_USE) for each in inside):
        raise SubnetInUse("a subnet of the VPC is among the setting subnetsInUse of this account")
    kept_by = [each.id for each in inside if not _goes_along(each)]
    if kept_by:
        raise ResourceNeedRelease(f"in the VPC there is still {', '.join(kept_by[:3])}")
    for each in inside:
        _remove(account, each)
    account.remove(vpc)


def _remove(account: AccountRegion, resource: Resource) -> None:
    if isinstance(resource, SecurityGroup):
        remove_group(account, resource)
        return
    for rule in account.where(RouteRule, "route_table_id", resource.id):
        account.remove(rule)
    account.remove(resource)


def _goes_along(resource: Resource) -> bool:
    return isinstance(resource, RouteTable) or (isinstance(resource, SecurityGroup) and resource.is_default)
