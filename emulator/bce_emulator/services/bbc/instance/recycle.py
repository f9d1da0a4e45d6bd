"""The recycle bin of servers: look into it, take servers out of it, empty it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
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
from bce_emulator.services.shared.recycle_bin import (
    BinFilters,
    RecycledBase,
    emptied_on_time,
    fits,
    put_into_bin,
    show,
    take_out,
)
from bce_emulator.services.vpc.nic.primary import free_prepaid_addresses

MAX_AT_ONCE = 100


class ListRecycledInstancesRequest(BinFilters):
    """Which servers in the bin to list."""


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


class RecycledServerView(RecycledBase):
    """A server in the bin, and its hardware."""

    configItem: RecycledConfigView


class ListRecycledInstancesResponse(Page):
    """One page of the servers in the bin."""

    instances: list[RecycledServerView]


@operation("POST /v1/recycle/instance", basis="client")
def list_recycled_instances(
    account: AccountRegion, request: ListRecycledInstancesRequest
) -> ListRecycledInstancesResponse:
    """List the servers in the recycle bin."""
    return page(
        ListRecycledInstancesResponse,
        account,
        Server,
        "instances",
        _show,
        request.marker,
        request.max_keys or MAX_KEYS,
        fits(request),
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
        take_out(account, server)
        server.deleted_with_addresses, server.deleted_with_enis = (), False
    note(account, "RecoveryInstances", *(server.id for server in servers))


@operation("DELETE /v1/recycle/instance/{instanceId}", errors=[NoSuchObject], basis="client")
def delete_recycled_instance(account: AccountRegion, request: DeleteRecycledInstanceRequest) -> None:
    """Delete a server of the recycle bin for good."""
    account.change(account.get(Server, request.instance_id), "delete_recycled")
    note(account, "DeleteRecycledInstance", request.instance_id)


@when_done(Server, "recycle")
def keep_for_a_while(account: AccountRegion, server: Server) -> None:
    """Keep a recycled server with its addresses, groups and tags, but no address that is paid for ahead."""
    for timer in ("expire", "release"):
        account.schedule(server, timer, None)
    free_prepaid_addresses(account, nic_of(account, server))
    put_into_bin(account, server)


def _show(server: Server) -> RecycledServerView:
    flavor = flavors().get(server.flavor_id)
    cpu, memory = (flavor.cpu_count, flavor.memory_gb) if flavor else (0, 0)
    return {
        **show(server, WORD, cpu, memory),
        "configItem": {"cpu": cpu, "memory": memory, "type": server.flavor_id, "zoneName": server.zone},
    }


emptied_on_time(Server, RECYCLED)
