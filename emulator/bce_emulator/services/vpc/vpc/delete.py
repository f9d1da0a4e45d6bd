"""Delete a VPC that nothing is in."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.subnet.errors import ResourceNeedRelease, SubnetInUse
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.subnet.settings import IN_USE
from bce_emulator.services.vpc.vpc.errors import NotAllowDeleteVpc
from bce_emulator.services.vpc.vpc.resource import Vpc


class DeleteVpcRequest(Model):
    """Which VPC goes."""

    client_token: ClientToken = ""
    vpc_id: str


@operation(
    "DELETE /v1/vpc/{vpcId}",
    errors=[NoSuchObject, SubnetInUse, ResourceNeedRelease, NotAllowDeleteVpc],
    looks_at_others=True,
)
def delete_vpc(account: AccountRegion, request: DeleteVpcRequest) -> None:
    """Delete a VPC with its route table and its default security group; anything else in it keeps it."""
    vpc = account.get(Vpc, request.vpc_id)
    if vpc.is_default:
        raise NotAllowDeleteVpc("the default VPC stays")
    inside = account.dependents(vpc)
    if any(isinstance(each, Subnet) and each.id in account.setting(IN_USE) for each in inside):
        raise SubnetInUse("a subnet of the VPC is among the setting subnetsInUse of this account")
    if inside:
        raise ResourceNeedRelease(f"in the VPC there is still {named(inside)}")
    account.remove(vpc)
