"""The servers of server groups. https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.app_reference import part_of
from bce_emulator.services.blb.app_server_group.resource import SERVERS, AppServer, AppServerGroup
from bce_emulator.services.blb.backend import check_new_backend
from bce_emulator.services.blb.balancer.backends import finds_backends
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbRef, application, begin_change, check_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import check_description
from bce_emulator.services.blb.errors import BackendServerAlreadyExist, BackendServerNotFound, QuotaExceeded
from bce_emulator.services.vpc.nic.host import when_vpc_left
from bce_emulator.services.vpc.nic.resource import Nic

DOC = "https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"
ADD_ERRORS = [BackendServerNotFound, BackendServerAlreadyExist, QuotaExceeded]
DEFAULT_WEIGHT = 100

Weight = Annotated[LenientInt, Field(ge=0, le=100)]


class ServerModel(Model):
    """An instance to have in a server group, and how much of the traffic it gets."""

    instance_id: str
    weight: Weight | None = None
    desc: str | None = None


class ServersRequest(BlbRef):
    """Which servers of which group, and what they are to have."""

    sg_id: str
    backend_server_list: tuple[ServerModel, ...]


class DeleteAppBlbServerGroupRsRequest(BlbRef):
    """Which servers to take out of a group."""

    sg_id: str
    backend_server_id_list: tuple[str, ...]


@operation("POST /v1/appblb/{blbId}/blbrs", errors=[*CHANGES, NoSuchObject, *ADD_ERRORS], doc=DOC)
def add_app_blb_server_group_rs(account: AccountRegion, request: ServersRequest) -> None:
    """Add instances of the load balancer's VPC to a server group, all or none."""
    balancer = application(account, request.blb_id)
    _check_some(request.backend_server_list)
    group = part_of(account, balancer, AppServerGroup, request.sg_id)
    there = [each.instance_id for each in account.where(AppServer, "group_id", group.id)]
    check_new_servers(account, balancer, request.backend_server_list, there)
    check_change(account, balancer)
    check_server_quota(account, len(there) + len(request.backend_server_list))
    begin_change(account, balancer)
    add_servers(account, group, request.backend_server_list)


@operation("PUT /v1/appblb/{blbId}/blbrs", errors=[*CHANGES, NoSuchObject, BackendServerNotFound], doc=DOC)
def update_app_blb_server_group_rs(account: AccountRegion, request: ServersRequest) -> None:
    """Give servers of a group other weights or descriptions, all or none; what is absent stays."""
    balancer = application(account, request.blb_id)
    _check_some(request.backend_server_list)
    _check_descriptions(request.backend_server_list)
    servers = _servers(account, balancer, request.sg_id, [each.instance_id for each in request.backend_server_list])
    begin_change(account, balancer)
    for server, wanted in zip(servers, request.backend_server_list, strict=True):
        if wanted.weight is not None:
            server.weight = wanted.weight
        if wanted.desc is not None:
            server.desc = wanted.desc


@operation("PUT /v1/appblb/{blbId}/blbrs?batchdelete", errors=[*CHANGES, NoSuchObject, BackendServerNotFound], doc=DOC)
def delete_app_blb_server_group_rs(account: AccountRegion, request: DeleteAppBlbServerGroupRsRequest) -> None:
    """Take servers out of a group, all or none."""
    balancer = application(account, request.blb_id)
    _check_some(request.backend_server_id_list)
    wanted = dict.fromkeys(request.backend_server_id_list)
    servers = _servers(account, balancer, request.sg_id, list(wanted))
    begin_change(account, balancer)
    for server in servers:
        account.remove(server)


@when_vpc_left
@when_gone(Nic)
def take_out_of_server_groups(account: AccountRegion, nic: Nic) -> None:
    """An instance that is released, or leaves the VPC, leaves the server groups."""
    if nic.is_primary:
        for server in account.where(AppServer, "instance_id", nic.device_id):
            account.remove(server)


def _balancers_with(account: AccountRegion, instance_id: str) -> set[str]:
    """The load balancers that have an instance in a server group."""
    servers = account.where(AppServer, "instance_id", instance_id)
    return {account.get(AppServerGroup, server.group_id).blb_id for server in servers}


def check_new_servers(
    account: AccountRegion, balancer: LoadBalancer, wanted: Sequence[ServerModel], there: Collection[str]
) -> None:
    """Refuse servers that cannot come into a group of a load balancer."""
    _check_descriptions(wanted)
    seen = set(there)
    for each in wanted:
        check_new_backend(account, balancer.vpc_id, each.instance_id, seen)
        seen.add(each.instance_id)


def check_server_quota(account: AccountRegion, count: int) -> None:
    """Refuse more servers than a group can have."""
    most = account.setting(SERVERS)
    if count > most:
        raise QuotaExceeded(f"a server group has {most} servers at most")


def add_servers(account: AccountRegion, group: AppServerGroup, wanted: Sequence[ServerModel]) -> None:
    """Have servers in a group that were checked."""
    for each in wanted:
        account.add(
            AppServer(
                id=account.new_id(AppServer),
                group_id=group.id,
                instance_id=each.instance_id,
                weight=DEFAULT_WEIGHT if each.weight is None else each.weight,
                desc=each.desc or "",
            )
        )


def _check_some(wanted: Sequence[object]) -> None:
    if not wanted:
        raise BadRequest("the list of servers is empty")


def _check_descriptions(wanted: Sequence[ServerModel]) -> None:
    for each in wanted:
        check_description(each.desc or "")


def _servers(account: AccountRegion, balancer: LoadBalancer, group_id: str, wanted: Sequence[str]) -> list[AppServer]:
    group = part_of(account, balancer, AppServerGroup, group_id)
    servers = {each.instance_id: each for each in account.where(AppServer, "group_id", group.id)}
    missing = [instance_id for instance_id in wanted if instance_id not in servers]
    if missing:
        raise BackendServerNotFound(f"{group.id} has no server {missing[0][:64]!r}")
    return [servers[instance_id] for instance_id in wanted]


finds_backends(_balancers_with)
