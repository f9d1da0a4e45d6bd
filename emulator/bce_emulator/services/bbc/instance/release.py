"""Release servers: for good, or into the recycle bin."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.lifecycle import EXPIRED
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.shared.term import ends_with_its_term
from bce_emulator.services.vpc.nic.primary import addresses_that_go

ERRORS = [NoSuchObject, OperationDenied]
MAX_AT_ONCE = 100


class DeleteInstanceRequest(Model):
    """Which server to release."""

    instance_id: str


class DeleteInstancesRequest(Model):
    """Which servers to release, and whether into the recycle bin."""

    instance_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()
    bbc_recycle_flag: bool = False


class DeleteInstanceIngorePaymentRequest(Model):
    """Which server to release, however it is paid for, what goes with it, and whether at once. It has no snapshots."""

    instance_id: str = ""
    related_release_flag: bool = False
    delete_cds_snapshot_flag: bool = False
    delete_related_enis_flag: bool = False
    delete_immediate: bool = False


class ReleasedView(TypedDict):
    """A server and its EIP, as far as there are any."""

    instanceId: NotRequired[str]
    eip: NotRequired[str]


class DeleteInstanceIngorePaymentResponse(TypedDict):
    """What is released, and what is not."""

    successResources: ReleasedView
    failResources: ReleasedView


@operation("DELETE /v2/instance/{instanceId}", errors=ERRORS, doc="https://cloud.baidu.com/doc/BBC/s/7jwvxua81")
def delete_instance(account: AccountRegion, request: DeleteInstanceRequest) -> None:
    """Release a server that is paid for by use, or has expired."""
    server = account.get(Server, request.instance_id)
    _check(account, server, "release")
    account.change(server, "release")
    note(account, "DeleteInstance", request.instance_id)


@operation("POST /v1/instance/batchDelete", errors=ERRORS, basis="client")
def delete_instances(account: AccountRegion, request: DeleteInstancesRequest) -> None:
    """Release such servers, all or none, or put them into the recycle bin."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.instance_ids)]
    if not servers:
        raise BadRequest("instanceIds names no server")
    action = "recycle" if request.bbc_recycle_flag else "release"
    for server in servers:
        _check(account, server, action)
    for server in servers:
        account.change(server, action)
    note(account, "DeleteInstances", *(server.id for server in servers))


@operation("POST /v1/instance/delete", errors=ERRORS, basis="client")
def delete_instance_ingore_payment(
    account: AccountRegion, request: DeleteInstanceIngorePaymentRequest
) -> DeleteInstanceIngorePaymentResponse:
    """Release a server, also a prepaid one; the spelling is the API's."""
    server = account.get(Server, request.instance_id)
    action = "release" if request.delete_immediate else "recycle"
    account.check(server, action)
    going = addresses_that_go(account, nic_of(account, server)) if request.related_release_flag else []
    server.deleted_with_addresses, server.deleted_with_enis = tuple(going), request.delete_related_enis_flag
    account.change(server, action)
    released: ReleasedView = {"instanceId": server.id}
    if going:
        released["eip"] = going[0]
    note(account, "DeleteInstanceIngorePayment", request.instance_id)
    return {"successResources": released, "failResources": {}}


def _check(account: AccountRegion, server: Server, action: str) -> None:
    account.check(server, action)
    if server.payment == "Prepaid" and server.state != EXPIRED:
        raise OperationDenied(f"{server.id} is prepaid and has not expired")


ends_with_its_term(Server)
