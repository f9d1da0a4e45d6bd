"""The backend servers of ordinary load balancers: put them there, weigh them, take them off, and see how they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NotRequired

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.backend import UNKNOWN, Backend, check_new_backend, find_backend, health
from bce_emulator.services.blb.backend_server.resource import BACKEND_QUOTA, DEFAULT_WEIGHT, BackendServer
from bce_emulator.services.blb.balancer.backends import finds_backends
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbLook, BlbRef, begin_change, check_change, ordinary
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import MAX_SHORT_DESCRIPTION, check_description
from bce_emulator.services.blb.errors import (
    BackendServerAlreadyExist,
    BackendServerNotFound,
    InstanceNotFound,
    ListenerNotFound,
    QuotaExceeded,
)
from bce_emulator.services.blb.health import Port, new_health_check
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.blb.listener.rules import get_listener
from bce_emulator.services.vpc.nic.host import when_vpc_left
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.quotas import check_quota

DOC = "https://cloud.baidu.com/doc/BLB/s/Ujwvxnvxe"


class BackendServerModel(Model):
    """A backend server in a request."""

    instance_id: str
    weight: Annotated[LenientInt, Field(ge=0, le=100)] | None = None
    desc: str | None = None


class BackendServersRequest(BlbRef):
    """Which backend servers, and what they have."""

    backend_server_list: Annotated[tuple[BackendServerModel, ...], Field(min_length=1)]


class DeleteBlbServerRequest(BlbRef):
    """Which instances are to be behind the load balancer no more."""

    backend_server_list: Annotated[tuple[str, ...], Field(min_length=1)]


class DescribeBlbServersRequest(BlbLook):
    """Whose backend servers; those of a listener are shown with their health."""

    listener_port: Port | None = None
    marker: str = ""
    max_keys: int = MAX_KEYS


class BackendServerView(TypedDict):
    """A backend server, and how it is for a listener."""

    instanceId: str
    weight: int
    privateIp: str
    desc: str
    status: NotRequired[str]


class DescribeBlbServersResponse(Page):
    """One page of the backend servers, and the listener that it is about."""

    backendServerList: list[BackendServerView]
    type: NotRequired[str]
    listenerPort: NotRequired[int]
    backendPort: NotRequired[int]


@operation(
    "POST /v1/blb/{blbId}/backendserver",
    errors=[*CHANGES, BackendServerNotFound, BackendServerAlreadyExist, QuotaExceeded],
    doc=DOC,
)
def add_blb_server(account: AccountRegion, request: BackendServersRequest) -> None:
    """Put instances of the VPC behind a load balancer, all or none."""
    balancer = ordinary(account, request.blb_id)
    there = {each.instance_id for each in _servers(account, balancer)}
    for model in request.backend_server_list:
        _check_model(model)
        check_new_backend(account, balancer.vpc_id, model.instance_id, there)
        there.add(model.instance_id)
    check_change(account, balancer)
    check_quota(account, BACKEND_QUOTA, len(there), QuotaExceeded)
    begin_change(account, balancer)
    for model in request.backend_server_list:
        account.add(
            BackendServer(
                id=account.new_id(BackendServer),
                blb_id=balancer.id,
                instance_id=model.instance_id,
                weight=DEFAULT_WEIGHT if model.weight is None else model.weight,
                desc=model.desc or "",
            )
        )


@operation("PUT /v1/blb/{blbId}/backendserver?update", errors=[*CHANGES, BackendServerNotFound], doc=DOC)
def update_blb_server(account: AccountRegion, request: BackendServersRequest) -> None:
    """Give backend servers other weights and descriptions; what is absent stays."""
    balancer = ordinary(account, request.blb_id)
    found = [(_server(account, balancer, each.instance_id), each) for each in request.backend_server_list]
    for _, model in found:
        _check_model(model)
    begin_change(account, balancer)
    for server, model in found:
        server.weight = server.weight if model.weight is None else model.weight
        server.desc = server.desc if model.desc is None else model.desc


@operation("PUT /v1/blb/{blbId}/backendserver", errors=[*CHANGES, BackendServerNotFound], doc=DOC)
def delete_blb_server(account: AccountRegion, request: DeleteBlbServerRequest) -> None:
    """Take instances from behind a load balancer, all or none."""
    balancer = ordinary(account, request.blb_id)
    found = {each: _server(account, balancer, each) for each in request.backend_server_list}
    begin_change(account, balancer)
    for server in found.values():
        account.remove(server)


@operation("GET /v1/blb/{blbId}/backendserver", errors=[InstanceNotFound, ListenerNotFound], doc=DOC)
def describe_blb_servers(account: AccountRegion, request: DescribeBlbServersRequest) -> DescribeBlbServersResponse:
    """List the backend servers of a load balancer, for a listener with their health."""
    balancer = ordinary(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.listener_port) if request.listener_port is not None else None
    response = page(
        DescribeBlbServersResponse,
        account,
        BackendServer,
        "backendServerList",
        lambda server: _show(account, server, listener),
        request.marker,
        request.max_keys,
        of=("blb_id", balancer.id),
    )
    if listener is not None:
        response |= {
            "type": listener.protocol,
            "listenerPort": listener.port,
            "backendPort": listener.backend_port,
        }
    return response


def balancers_with(account: AccountRegion, instance_id: str) -> Iterable[str]:
    """The ordinary load balancers that an instance is behind."""
    return [each.blb_id for each in account.where(BackendServer, "instance_id", instance_id)]


finds_backends(balancers_with)


@when_vpc_left
def leave_balancers(account: AccountRegion, nic: Nic) -> None:
    """An instance that leaves the VPC is behind no load balancer of it any more."""
    for server in account.where(BackendServer, "instance_id", nic.device_id):
        account.remove(server)


def _servers(account: AccountRegion, balancer: LoadBalancer) -> list[BackendServer]:
    return account.where(BackendServer, "blb_id", balancer.id)


def _server(account: AccountRegion, balancer: LoadBalancer, instance_id: str) -> BackendServer:
    for server in _servers(account, balancer):
        if server.instance_id == instance_id:
            return server
    raise BackendServerNotFound(f"{instance_id[:64]!r} is not behind {balancer.id}")


def _check_model(model: BackendServerModel) -> None:
    check_description(model.desc, MAX_SHORT_DESCRIPTION)


def _show(account: AccountRegion, server: BackendServer, listener: Listener | None) -> BackendServerView:
    backend = find_backend(account, server.instance_id)
    shown: BackendServerView = {
        "instanceId": server.instance_id,
        "weight": server.weight,
        "privateIp": backend.nic.private_ip if backend else "",
        "desc": server.desc,
    }
    if listener is not None:
        shown["status"] = _health(account, server, backend, listener)
    return shown


def _health(account: AccountRegion, server: BackendServer, backend: Backend | None, listener: Listener) -> str:
    """What is known of a server for a listener; nobody asks one that gets no traffic."""
    if server.weight == 0:
        return UNKNOWN
    check = listener.health or new_health_check(listener.protocol)
    return health(account, backend, check, max(server.created, listener.created))
