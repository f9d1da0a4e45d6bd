"""The security groups of service cards."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.endpoint.create import SnicRef
from bce_emulator.services.vpc.endpoint.resource import Snic
from bce_emulator.services.vpc.nic.errors import InstanceBindNotSameVpc, SecurityGroupsNotSameVpc
from bce_emulator.services.vpc.security_group.membership import NONE, chosen_groups
from bce_emulator.services.vpc.security_group.resource import SecurityGroup


class UpdateSnicSgRequest(SnicRef):
    """Which groups the card is in from now on."""

    security_group_ids: tuple[str, ...]


class UpdateSnicEsgRequest(SnicRef):
    """Which enterprise group the card is in from now on."""

    enterprise_security_group_ids: tuple[str, ...]


@operation(
    "PUT /v1/endpoint/{endpointId}?bindSg",
    errors=[NoSuchObject, SecurityGroupsNotSameVpc, InstanceBindNotSameVpc],
    doc="https://intl.cloud.baidu.com/en/doc/VPC/s/pl5ky08ex-intl-en",
)
def update_snic_sg(account: AccountRegion, request: UpdateSnicSgRequest) -> None:
    """Have a service card in exactly these security groups."""
    _put_on(account, request, request.security_group_ids, ())


@operation("PUT /v1/endpoint/{endpointId}?bindEsg", errors=[NoSuchObject], basis="client")
def update_snic_esg(account: AccountRegion, request: UpdateSnicEsgRequest) -> None:
    """Have a service card in this enterprise security group, and in no ordinary one."""
    account.get(Snic, request.endpoint_id)
    if len(request.enterprise_security_group_ids) > 1:
        raise BadRequest("a service card is in one enterprise security group")
    _put_on(account, request, (), request.enterprise_security_group_ids)


def _put_on(account: AccountRegion, request: SnicRef, ordinary: tuple[str, ...], enterprise: tuple[str, ...]) -> None:
    snic = account.get(Snic, request.endpoint_id)
    if len({account.get(SecurityGroup, each).vpc_id for each in ordinary}) > 1:
        raise SecurityGroupsNotSameVpc
    groups = chosen_groups(account, snic.vpc_id, ordinary, enterprise, elsewhere=InstanceBindNotSameVpc)
    if groups == NONE:
        raise BadRequest("a service card is in one group at least")
    groups.put_on(snic)
