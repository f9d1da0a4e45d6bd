"""Change a subnet, or delete it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.address.private import has_ipv6
from bce_emulator.services.vpc.names import check_description, check_name
from bce_emulator.services.vpc.subnet.create import free_ipv6_range
from bce_emulator.services.vpc.subnet.errors import NotAllowOperateSubnet, ResourceNeedRelease, SubnetInUse
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.subnet.settings import IN_USE, TO_RELEASE
from bce_emulator.services.vpc.vpc.resource import Vpc


class UpdateSubnetRequest(Model):
    """What to change."""

    client_token: ClientToken = ""
    subnet_id: str
    name: str
    description: str | None = None
    enable_ipv6: bool | None = None


class DeleteSubnetRequest(Model):
    """Which subnet goes."""

    client_token: ClientToken = ""
    subnet_id: str


@operation(
    "PUT /v1/subnet/{subnetId}?modifyAttribute",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/VPC/s/Jjwvyupmm",
)
def update_subnet(account: AccountRegion, request: UpdateSubnetRequest) -> None:
    """Rename or describe a subnet, and switch IPv6."""
    subnet = account.get(Subnet, request.subnet_id)
    vpc = account.get(Vpc, subnet.vpc_id)
    check_name(request.name, kept=subnet.name)
    check_description(request.description)
    ipv6_cidr = _ipv6_range(account, vpc, subnet, request.enable_ipv6)
    subnet.name = request.name
    subnet.ipv6_cidr = ipv6_cidr
    if request.description is not None:
        subnet.desc = request.description


@operation(
    "DELETE /v1/subnet/{subnetId}",
    errors=[NoSuchObject, SubnetInUse, ResourceNeedRelease, NotAllowOperateSubnet],
    doc="https://cloud.baidu.com/doc/VPC/s/6jwvyu9b8",
)
def delete_subnet(account: AccountRegion, request: DeleteSubnetRequest) -> None:
    """Delete a subnet that nothing is in."""
    subnet = account.get(Subnet, request.subnet_id)
    if subnet.is_default:
        raise NotAllowOperateSubnet("a default subnet stays")
    if subnet.id in account.setting(IN_USE):
        raise SubnetInUse("the subnet is among the setting subnetsInUse of this account")
    if subnet.id in account.setting(TO_RELEASE):
        raise ResourceNeedRelease("the subnet is among the setting subnetsToRelease of this account")
    inside = account.dependents(subnet)
    if inside:
        raise ResourceNeedRelease(f"in the subnet there is still {named(inside)}")
    account.remove(subnet)


def _ipv6_range(account: AccountRegion, vpc: Vpc, subnet: Subnet, enable_ipv6: bool | None) -> str:
    if enable_ipv6 is None or enable_ipv6 == bool(subnet.ipv6_cidr):
        return subnet.ipv6_cidr
    if enable_ipv6:
        if not vpc.ipv6_cidr:
            raise BadRequest("the VPC has no IPv6")
        return free_ipv6_range(account, vpc)
    if has_ipv6(account, subnet):
        raise BadRequest("an IPv6 address of the subnet is in use or reserved")
    return ""
