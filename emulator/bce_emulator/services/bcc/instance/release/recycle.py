"""The recycle bin: look into it, take instances out of it, empty it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.expiry import prepaid_data_volumes
from bce_emulator.services.bcc.instance.lifecycle import RECYCLED
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.attach import leave
from bce_emulator.services.shared.recycle_bin import (
    BinFilters,
    RecycledBase,
    emptied_on_time,
    fits,
    put_into_bin,
    show,
    take_out,
)

MAX_AT_ONCE = 100
ENDED = ("expire", "auto_renew", "timed_release", "recycle")


class ListRecycleInstanceRequest(BinFilters):
    """Which instances in the bin to list."""


class InstanceId(Model):
    """One instance of several."""

    instance_id: str


class InstanceRecoveryRequest(Model):
    """Which instances to take out of the bin."""

    client_token: ClientToken = ""
    instance_ids: tuple[InstanceId, ...]


class DeleteRecycledInstanceRequest(Model):
    """Which instance of the bin to delete for good."""

    client_token: ClientToken = ""
    instance_id: str


class RecycledConfigView(TypedDict):
    """The hardware of an instance in the bin."""

    cpu: int
    memory: int
    type: str
    specId: str
    spec: str
    zoneName: str


class RecycledInstanceView(RecycledBase):
    """An instance in the bin, and its hardware."""

    configItem: RecycledConfigView


class ListRecycleInstanceResponse(Page):
    """One page of the instances in the bin."""

    instances: list[RecycledInstanceView]


@operation("POST /v2/recycle/instance", doc="https://cloud.baidu.com/doc/BCC/s/8lfqgfr21")
def list_recycle_instance(account: AccountRegion, request: ListRecycleInstanceRequest) -> ListRecycleInstanceResponse:
    """List the instances in the recycle bin."""
    # Java sends the zero of what was not set.
    return page(
        ListRecycleInstanceResponse,
        account,
        Instance,
        "instances",
        _show,
        request.marker,
        request.max_keys or MAX_KEYS,
        fits(request),
        of=("state", RECYCLED),
    )


@operation(
    "POST /v2/instance/recovery",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Vlfqsfi6m",
)
def instance_recovery(account: AccountRegion, request: InstanceRecoveryRequest) -> None:
    """Take postpaid instances out of the recycle bin; they are charged for again, and start."""
    ids = dict.fromkeys(each.instance_id for each in request.instance_ids)
    if not 1 <= len(ids) <= MAX_AT_ONCE:
        raise BadRequest(f"instanceIds names 1 to {MAX_AT_ONCE} instances")
    instances = [account.get(Instance, instance_id) for instance_id in ids]
    if any(instance.payment == "Prepaid" for instance in instances):
        raise BadRequest("only postpaid instances are taken out of the recycle bin")
    for instance in instances:
        account.check(instance, "recover")
    for instance in instances:
        take_out(account, instance)
        instance.deleted_with_volumes, instance.deleted_with_snapshots, instance.deleted_with_addresses = (), "", ()
        instance.deleted_with_enis = False


@operation(
    "DELETE /v2/recycle/instance/{instanceId}",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/llfqlqdrp",
)
def delete_recycled_instance(account: AccountRegion, request: DeleteRecycledInstanceRequest) -> None:
    """Delete an instance of the recycle bin for good."""
    account.change(account.get(Instance, request.instance_id), "delete_recycled")


@when_done(Instance, "recycle")
def keep_for_a_while(account: AccountRegion, instance: Instance) -> None:
    """Keep a recycled instance with its address, groups and tags, but not what outlives it: prepaid volumes."""
    for timer in ENDED:
        account.schedule(instance, timer, None)
    instance.releases = None
    for volume in prepaid_data_volumes(account, instance):
        if volume.id not in instance.deleted_with_volumes:
            leave(volume)
    put_into_bin(account, instance)


def _show(instance: Instance) -> RecycledInstanceView:
    spec = offerings.specs().get(instance.spec)
    return {
        **show(instance, "BCC", instance.cpu_count, instance.memory_gb),
        "configItem": {
            "cpu": instance.cpu_count,
            "memory": instance.memory_gb,
            "type": instance.instance_type or "N5",
            "specId": spec.spec_id if spec else "",
            "spec": instance.spec,
            "zoneName": instance.zone,
        },
    }


emptied_on_time(Instance, RECYCLED)
