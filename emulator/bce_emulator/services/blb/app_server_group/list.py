"""List server groups with their ports, and their servers with what they are checked for."""

from __future__ import annotations

from typing import NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.app_policy.resource import AppPolicy
from bce_emulator.services.blb.app_reference import AppBlbPage, is_named, part_of
from bce_emulator.services.blb.app_server_group.ports import ServerGroupPortView, show_port
from bce_emulator.services.blb.app_server_group.resource import AppServer, AppServerGroup, AppServerGroupPort
from bce_emulator.services.blb.backend import UNKNOWN, backends_in, find_backend, health
from bce_emulator.services.blb.balancer.reference import BlbLook, application
from bce_emulator.services.blb.errors import InstanceNotFound, ListenerNotFound
from bce_emulator.services.blb.health import Port
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.blb.listener.rules import get_listener

DOC = "https://cloud.baidu.com/doc/BLB/s/Bjwvxny4u"


class DescribeAppBlbServerGroupRequest(AppBlbPage):
    """Server groups of which name to list."""

    name: str = ""
    exactly_match: LenientBool = False


class ServersLook(BlbLook):
    """The servers of which group to look at."""

    sg_id: str


class DescribeAppBlbServerGroupRsRequest(AppBlbPage):
    """The servers of which group to list."""

    sg_id: str


class ListBackendServerStatusRequest(AppBlbPage):
    """The servers behind which listener to list."""

    listener_port: Port


class ServerGroupView(TypedDict):
    """A server group with its ports."""

    id: str
    name: str
    desc: str
    status: str
    preserveClientIpEnabled: bool
    portList: list[ServerGroupPortView]


class DescribeAppBlbServerGroupResponse(Page):
    """One page of the server groups."""

    appServerGroupList: list[ServerGroupView]


class ServerPortView(TypedDict):
    """A port at which a policy reaches a server, and how its check went."""

    listenerPort: int
    backendPort: str
    portType: str
    healthCheckPortType: str
    status: str
    portId: str
    policyId: str


class ServerView(TypedDict):
    """A server of a group; ports it has only where policies use the group."""

    instanceId: str
    weight: int
    desc: str
    privateIp: str
    portList: NotRequired[list[ServerPortView]]


class UnmountedServerView(TypedDict):
    """An instance that is not in the group."""

    instanceId: str
    privateIp: str


class DescribeAppBlbServerGroupRsResponse(Page):
    """One page of the servers of a group."""

    backendServerList: list[ServerView]


class DescribeAppBlbServerGroupMountRsResponse(TypedDict):
    """The servers of a group."""

    backendServerList: list[ServerView]


class DescribeAppBlbServerGroupUnmountRsResponse(TypedDict):
    """The instances that could come into a group."""

    backendServerList: list[UnmountedServerView]


class ServerStatusView(TypedDict):
    """A server behind a listener, and whether it answers."""

    instanceId: str
    weight: int
    status: str


class ListBackendServerStatusResponse(Page):
    """One page of the servers behind a listener; the port is that of its first policy."""

    backendServerList: list[ServerStatusView]
    type: str
    listenerPort: int
    backendPort: NotRequired[int]


@operation("GET /v1/appblb/{blbId}/appservergroup", errors=[InstanceNotFound], doc=DOC)
def describe_app_blb_server_group(
    account: AccountRegion, request: DescribeAppBlbServerGroupRequest
) -> DescribeAppBlbServerGroupResponse:
    """List the server groups of an application load balancer, newest first."""
    balancer = application(account, request.blb_id)

    def fits(group: AppServerGroup) -> bool:
        return is_named(group.name, request.name, request.exactly_match)

    def show(group: AppServerGroup) -> ServerGroupView:
        return _show_group(account, group, balancer.status)

    return page(
        DescribeAppBlbServerGroupResponse,
        account,
        AppServerGroup,
        "appServerGroupList",
        show,
        request.marker,
        request.max_keys,
        fits,
        of=("blb_id", balancer.id),
    )


@operation("GET /v1/appblb/{blbId}/blbrs", errors=[InstanceNotFound, NoSuchObject], doc=DOC)
def describe_app_blb_server_group_rs(
    account: AccountRegion, request: DescribeAppBlbServerGroupRsRequest
) -> DescribeAppBlbServerGroupRsResponse:
    """List the servers of a group, newest first."""
    group = part_of(account, application(account, request.blb_id), AppServerGroup, request.sg_id)
    return page(
        DescribeAppBlbServerGroupRsResponse,
        account,
        AppServer,
        "backendServerList",
        lambda server: show_server(account, server),
        request.marker,
        request.max_keys,
        of=("group_id", group.id),
    )


@operation("GET /v1/appblb/{blbId}/blbrsmount", errors=[InstanceNotFound, NoSuchObject], doc=DOC)
def describe_app_blb_server_group_mount_rs(
    account: AccountRegion, request: ServersLook
) -> DescribeAppBlbServerGroupMountRsResponse:
    """List all servers of a group at once."""
    group = part_of(account, application(account, request.blb_id), AppServerGroup, request.sg_id)
    servers = account.where(AppServer, "group_id", group.id)
    return {"backendServerList": [show_server(account, server) for server in reversed(servers)]}


@operation("GET /v1/appblb/{blbId}/blbrsunmount", errors=[InstanceNotFound, NoSuchObject], doc=DOC)
def describe_app_blb_server_group_unmount_rs(
    account: AccountRegion, request: ServersLook
) -> DescribeAppBlbServerGroupUnmountRsResponse:
    """List the instances of the load balancer's VPC that are not in a group."""
    balancer = application(account, request.blb_id)
    group = part_of(account, balancer, AppServerGroup, request.sg_id)
    mounted = {server.instance_id for server in account.where(AppServer, "group_id", group.id)}
    others = [nic for nic in backends_in(account, balancer.vpc_id) if nic.device_id not in mounted]
    return {
        "backendServerList": [{"instanceId": nic.device_id, "privateIp": nic.private_ip} for nic in reversed(others)]
    }


@operation("GET /v1/appblb/{blbId}/backendserver", errors=[InstanceNotFound, ListenerNotFound], basis="client")
def list_backend_server_status(
    account: AccountRegion, request: ListBackendServerStatusRequest
) -> ListBackendServerStatusResponse:
    """List the servers that the policies of a listener lead to, and whether they answer."""
    balancer = application(account, request.blb_id)
    listener = get_listener(account, balancer.id, request.listener_port)
    policies = sorted(account.where(AppPolicy, "listener_id", listener.id), key=lambda policy: policy.priority)
    groups = {policy.group_id for policy in policies if policy.group_id}
    shown = page(
        ListBackendServerStatusResponse,
        account,
        AppServer,
        "backendServerList",
        lambda server: _show_status(account, server, policies),
        request.marker,
        request.max_keys,
        lambda server: server.group_id in groups,
    )
    shown |= {"type": listener.protocol, "listenerPort": listener.port}
    if policies:
        shown["backendPort"] = policies[0].backend_port
    return shown


def show_server(account: AccountRegion, server: AppServer) -> ServerView:
    """A server of a group, with its ports if policies use the group."""
    backend = find_backend(account, server.instance_id)
    shown: ServerView = {
        "instanceId": server.instance_id,
        "weight": server.weight,
        "desc": server.desc,
        "privateIp": backend.nic.private_ip if backend else "",
    }
    policies = account.where(AppPolicy, "group_id", server.group_id)
    if policies:
        shown["portList"] = [_show_port_of(account, server, policy) for policy in policies]
    return shown


def server_status(account: AccountRegion, server: AppServer, policy: AppPolicy) -> str:
    """Whether a server answers where a policy leads; nobody asks one that gets no traffic."""
    port = account.get(AppServerGroupPort, policy.port_id)
    since = max(server.created, policy.created)
    backend = find_backend(account, server.instance_id)
    return health(account, backend, port.health_check, since) if server.weight else UNKNOWN


def _show_group(account: AccountRegion, group: AppServerGroup, status: str) -> ServerGroupView:
    ports = account.where(AppServerGroupPort, "group_id", group.id)
    return {
        "id": group.id,
        "name": group.name,
        "desc": group.desc,
        "status": status,
        "preserveClientIpEnabled": group.preserve_client_ip,
        "portList": [show_port(port, status) for port in ports],
    }


def _show_port_of(account: AccountRegion, server: AppServer, policy: AppPolicy) -> ServerPortView:
    port = account.get(AppServerGroupPort, policy.port_id)
    return {
        "listenerPort": account.get(Listener, policy.listener_id).port,
        "backendPort": str(policy.backend_port),
        "portType": port.type,
        "healthCheckPortType": port.health_check.type,
        "status": server_status(account, server, policy),
        "portId": port.id,
        "policyId": policy.id,
    }


def _show_status(account: AccountRegion, server: AppServer, policies: list[AppPolicy]) -> ServerStatusView:
    first = next(policy for policy in policies if policy.group_id == server.group_id)
    return {
        "instanceId": server.instance_id,
        "weight": server.weight,
        "status": server_status(account, server, first),
    }
