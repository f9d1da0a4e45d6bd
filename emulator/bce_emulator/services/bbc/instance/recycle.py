"""The recycle bin of servers: look into it, take servers out of it, empty it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, HOUR, iso, seconds
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bbc.instance.lifecycle import RECYCLED
from bce_emulator.services.bbc.instance.nic import WORD, nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.offerings import flavors
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.vpc.address.public import address_service

KEPT = {"Postpaid": 2 * HOUR, "Prepaid": 7 * DAY}
MAX_AT_ONCE = 100


class ListRecycledInstancesRequest(Model):
    """Filters are all to hold; the times bound when a server came into the bin."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    name: str = ""
    payment_timing: Literal["Prepaid", "Postpaid"] | None = None
    recycle_begin: str = ""
    recycle_end: str = ""


class RecoveryInstancesRequest(Model):
    """Which servers to take out of the bin."""

    instance_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()


class DeleteRecycledInstanceRequest(Model):
    """Which server of the bin to delete for good."""

    instance_id: str


class RecycledConfigView(TypedDict):
    """The hardware of a server in the bin."""

    cpu: int
    memory: int
    type: str
    zoneName: str


class RecycledServerView(TypedDict):
    """A server in the bin, and when it came there and will be deleted."""

    id: str
    serialNumber: str
    name: str
    recycleTime: str
    deleteTime: str
    paymentTiming: str
    serviceName: str
    serviceType: str
    configItems: list[str]
    configItem: RecycledConfigView


class ListRecycledInstancesResponse(Page):
    """One page of the servers in the bin."""

    instances: list[RecycledServerView]


@operation("POST /v1/recycle/instance", basis="client")
def list_recycled_instances(
    account: AccountRegion, request: ListRecycledInstancesRequest
) -> ListRecycledInstancesResponse:
    """List the servers in the recycle bin."""
    begin, end = _moment(request.recycle_begin, 0.0), _moment(request.recycle_end, float("inf"))

    def fits(server: Server) -> bool:
        return (
            request.instance_id in {"", server.id}
            and request.name in {"", server.name}
            and request.payment_timing in {None, server.payment}
            and begin <= (server.recycled or 0.0) <= end
        )

    return page(
        ListRecycledInstancesResponse,
        account,
        Server,
        "instances",
        _show,
        request.marker,
        request.max_keys or MAX_KEYS,
        fits,
        of=("state", RECYCLED),
    )


@operation("POST /v1/instance/recovery", errors=[NoSuchObject], basis="client")
def recovery_instances(account: AccountRegion, request: RecoveryInstancesRequest) -> None:
    """Take postpaid servers out of the recycle bin, all or none; they start."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.instance_ids)]
    if not servers:
        raise BadRequest("instanceIds names no server")
    for server in servers:
        account.check(server, "recover")
    if any(server.payment == "Prepaid" for server in servers):
        raise BadRequest("only postpaid servers are taken out of the recycle bin")
    for server in servers:
        account.change(server, "recover")
        account.schedule(server, "delete_recycled", None)
        server.recycled, server.deleted_with_addresses, server.deleted_with_enis = None, (), False
    note(account, "RecoveryInstances", *(server.id for server in servers))


@operation("DELETE /v1/recycle/instance/{instanceId}", errors=[NoSuchObject], basis="client")
def delete_recycled_instance(account: AccountRegion, request: DeleteRecycledInstanceRequest) -> None:
    """Delete a server of the recycle bin for good."""
    account.change(account.get(Server, request.instance_id), "delete_recycled")
    note(account, "DeleteRecycledInstance", request.instance_id)


@when_done(Server, "recycle")
def keep_for_a_while(account: AccountRegion, server: Server) -> None:
    """Keep a recycled server with its addresses, groups and tags, but no address that is paid for ahead."""
    server.recycled = account.clock.now()
    for timer in ("expire", "release"):
        account.schedule(server, timer, None)
    for carried in nic_of(account, server).public_addresses:
        if address_service().is_prepaid(account, carried.address):
            address_service().free(account, carried.address)
    account.schedule(server, "delete_recycled", _deleted(server))


@on_timer(Server, "delete_recycled")
def delete_at_last(account: AccountRegion, server: Server) -> None:
    """Let the recycle bin let go of a server, unless the control API has taken it out."""
    if server.state == RECYCLED:
        account.change(server, "delete_recycled")


def _deleted(server: Server) -> float:
    return (server.recycled or 0.0) + KEPT.get(server.payment, 2 * HOUR)


def _moment(text: str, otherwise: float) -> float:
    if not text:
        return otherwise
    try:
        return seconds(text)
    except ValueError:
        raise BadRequest("recycleBegin and recycleEnd are times such as 2026-01-01T00:00:00Z") from None


def _show(server: Server) -> RecycledServerView:
    flavor = flavors().get(server.flavor_id)
    cpu, memory = (flavor.cpu_count, flavor.memory_gb) if flavor else (0, 0)
    return {
        "id": server.id,
        "serialNumber": f"s-{server.id}",
        "name": server.name,
        "recycleTime": iso(server.recycled or 0.0),
        "deleteTime": iso(_deleted(server)),
        "paymentTiming": server.payment,
        "serviceName": WORD,
        "serviceType": WORD,
        "configItems": [f"CPU:{cpu}", f"Memory:{memory}GB"],
        "configItem": {"cpu": cpu, "memory": memory, "type": server.flavor_id, "zoneName": server.zone},
    }
