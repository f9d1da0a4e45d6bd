"""Show one server, list those that fit, and show what some are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.instance.show import BareMetalServerView, renderer
from bce_emulator.services.bbc.offerings import GHZ, flavors
from bce_emulator.services.shared.names import dashed

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
MAX_AT_ONCE = 100
Ids = Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)]


class GetInstanceDetailRequest(Model):
    """Which server to show; a failed one is shown like any other."""

    instance_id: str
    is_deploy_set: LenientBool = False
    contains_failed: LenientBool = False


class ListInstancesRequest(Model):
    """Perhaps with which private address."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    internal_ip: str = ""


class ListInstanceByInstanceIdsRequest(Model):
    """Which servers to list; those that are not there are left out."""

    instance_id_list: Ids = ()


class ServersLook(Model):
    """Which servers to look at."""

    instance_ids: Ids = ()


class ConsoleRequest(Model):
    """Whose console."""

    instance_id: str


class ListInstancesResponse(Page):
    """One page of servers."""

    instances: list[BareMetalServerView]


class SimpleFlavorView(TypedDict):
    """What a server is made of, in words."""

    instanceId: str
    gpuCard: str
    cpuDescription: str
    memDescription: str
    diskDescription: str
    raidDescription: str
    nicDescription: str
    ramType: str
    ramRate: str


class GetSimpleFlavorResponse(TypedDict):
    """What servers are made of, in the order in which they were named."""

    flavorInfo: list[SimpleFlavorView]


class GetInstanceVNCResponse(TypedDict):
    """Where the console would be."""

    vncUrl: str


@operation("GET /v1/instance/{instanceId}", errors=[NoSuchObject], doc=DOC)
def get_instance_detail(account: AccountRegion, request: GetInstanceDetailRequest) -> BareMetalServerView:
    """Show one server."""
    return renderer(account)(account.get(Server, request.instance_id))


@operation("GET /v1/instance", doc=DOC)
def list_instances(account: AccountRegion, request: ListInstancesRequest) -> ListInstancesResponse:
    """List the servers, newest first."""

    def fits(server: Server) -> bool:
        return request.internal_ip in {"", nic_of(account, server).private_ip}

    return page(
        ListInstancesResponse,
        account,
        Server,
        "instances",
        renderer(account),
        request.marker,
        request.max_keys,
        fits if request.internal_ip else None,
    )


@operation("POST /v1/instance/listByInstanceId", basis="client")
def list_instance_by_instance_ids(
    account: AccountRegion, request: ListInstanceByInstanceIdsRequest
) -> ListInstancesResponse:
    """List certain servers, newest first, on one page."""
    wanted = frozenset(request.instance_id_list)
    show = renderer(account)
    return page(ListInstancesResponse, account, Server, "instances", show, where=lambda server: server.id in wanted)


@operation("POST /v1/instance/simpleFlavor", errors=[NoSuchObject], basis="client")
def get_simple_flavor(account: AccountRegion, request: ServersLook) -> GetSimpleFlavorResponse:
    """Show what servers are made of."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.instance_ids)]
    return {"flavorInfo": [_show_flavor(server) for server in servers]}


@operation(
    "GET /v1/instance/{instanceId}/vnc",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
    name="GetInstanceVNC",
)
def get_instance_vnc(account: AccountRegion, request: ConsoleRequest, call: Call) -> GetInstanceVNCResponse:
    """Give an address, a new one each time, at which the console of a running server would be."""
    account.check(account.get(Server, request.instance_id), "show_console")
    token = dashed(account.new_text("console", "hex32"))
    return {"vncUrl": f"http://{call.host}/vnc_auto.html?token={token}"}


def _show_flavor(server: Server) -> SimpleFlavorView:
    flavor = flavors().get(server.flavor_id)
    raid = flavor.raid(server.raid_id) if flavor else None
    return {
        "instanceId": server.id,
        "gpuCard": flavor.others if flavor else "",
        "cpuDescription": f"{flavor.cpu_type} {GHZ}, {flavor.cpu_count} cores" if flavor else "",
        "memDescription": f"{flavor.memory_gb}GB" if flavor else "",
        "diskDescription": flavor.disk if flavor else "",
        "raidDescription": raid.name if raid else "",
        "nicDescription": flavor.network_card if flavor else "",
        "ramType": "DDR4",
        "ramRate": "2666MHz",
    }
