"""The security groups of network interfaces."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.nic.errors import SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniRef, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.security_group.errors import BindInstanceExceededLimit
from bce_emulator.services.vpc.security_group.membership import NONE, GroupIds, chosen_groups


class UpdateEniSecurityGroupRequest(EniRef):
    """Which groups a network interface has from now on."""

    security_group_ids: tuple[str, ...]


class UpdateEniEnterpriseSecurityGroupRequest(EniRef):
    """Which enterprise groups a network interface has from now on."""

    enterprise_security_group_ids: tuple[str, ...]


@operation(
    "PUT /v1/eni/{eniId}?bindSg",
    errors=[*NOT_THERE, SecurityGroupsNotSameVpc, BindInstanceExceededLimit],
    doc="https://intl.cloud.baidu.com/en/doc/VPC/s/Nkknft2l0-intl-en",
)
def update_eni_security_group(account: AccountRegion, request: UpdateEniSecurityGroupRequest) -> None:
    """Have a network interface in exactly these security groups."""
    nic = nic_named(account, request.eni_id)
    _put_on(nic, groups_for(account, nic.vpc_id, request.security_group_ids))


@operation(
    "PUT /v1/eni/{eniId}?bindEsg",
    errors=[*NOT_THERE, BindInstanceExceededLimit],
    doc="https://intl.cloud.baidu.com/en/doc/VPC/s/4kx8nima5",
)
def update_eni_enterprise_security_group(
    account: AccountRegion, request: UpdateEniEnterpriseSecurityGroupRequest
) -> None:
    """Have a network interface in exactly these enterprise security groups, and in no ordinary one."""
    nic = nic_named(account, request.eni_id)
    _put_on(nic, groups_for(account, nic.vpc_id, (), request.enterprise_security_group_ids))


def groups_for(
    account: AccountRegion, vpc_id: str, ordinary: tuple[str, ...], enterprise: tuple[str, ...] = ()
) -> GroupIds:
    """The groups that a card in a VPC can be in, each once."""
    return chosen_groups(
        account,
        vpc_id,
        ordinary,
        enterprise,
        elsewhere=SecurityGroupsNotSameVpc,
        too_many=BindInstanceExceededLimit,
    )


def _put_on(nic: Nic, groups: GroupIds) -> None:
    if groups == NONE:
        raise BadRequest("a network interface is in one group at least")
    groups.put_on(nic)
