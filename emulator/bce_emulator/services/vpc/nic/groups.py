"""The security groups of network interfaces."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.nic.errors import SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniRef, nic_named
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from bce_emulator.services.vpc.security_group.resource import GROUPS_OF_INSTANCE, SecurityGroup


class UpdateEniSecurityGroupRequest(EniRef):
    """Which groups a network interface has from now on."""

    security_group_ids: tuple[str, ...]


@operation(
    "PUT /v1/eni/{eniId}?bindSg",
    errors=[*NOT_THERE, SecurityGroupsNotSameVpc, BindInstanceExceededLimit],
    doc="https://intl.cloud.baidu.com/en/doc/VPC/s/Nkknft2l0-intl-en",
)
def update_eni_security_group(account: AccountRegion, request: UpdateEniSecurityGroupRequest) -> None:
    """Have a network interface in exactly these security groups."""
    nic = nic_named(account, request.eni_id)
    groups = groups_for(account, nic.vpc_id, request.security_group_ids)
    if not groups:
        raise BadRequest("a network interface is in one group at least")
    nic.security_group_ids = groups


def groups_for(account: AccountRegion, vpc_id: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The security groups that a card in a VPC can be in, each once."""
    groups = tuple(dict.fromkeys(wanted))
    found = [account.get(SecurityGroup, group_id) for group_id in groups]
    if any(group.vpc_id != vpc_id for group in found):
        raise SecurityGroupsNotSameVpc(f"a group is not in {vpc_id}")
    most = account.setting(GROUPS_OF_INSTANCE)
    if len(groups) > most:
        raise BindInstanceExceededLimit(f"a network interface is in {most} security groups at most")
    return groups
