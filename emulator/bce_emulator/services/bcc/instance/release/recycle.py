"""The recycle bin: look into it, take instances out of it, empty it."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, HOUR, iso, seconds
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import on_timer
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

KEPT = {"Postpaid": 2 * HOUR, "Prepaid": 7 * DAY}
MAX_AT_ONCE = 100
ENDED = ("expire", "auto_renew", "timed_release", "recycle")


class ListRecycleInstanceRequest(Model):
    """Filters are all to hold; the times bound when an instance came into the bin."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    name: str = ""
    payment_timing: Literal["Prepaid", "Postpaid"] | None = None
    recycle_begin: str = ""
    recycle_end: str = ""


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


class RecycledInstanceView(TypedDict):
    """An instance in the bin, and when it came there and will be deleted."""

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


class ListRecycleInstanceResponse(Page):
    """One page of the instances in the bin."""

    instances: list[RecycledInstanceView]


@operation("POST /v2/recycle/instance", doc="https://cloud.baidu.com/doc/BCC/s/8lfqgfr21")
def list_recycle_instance(account: AccountRegion, request: ListRecycleInstanceRequest) -> ListRecycleInstanceResponse:
    """List the instances in the recycle bin."""
    begin, end = _moment(request.recycle_begin, 0.0), _moment(request.recycle_end, float("inf"))

    def fits(instance: Instance) -> bool:
        return (
            instance.state == RECYCLED
            and request.instance_id in {"", instance.id}
            and request.name in {"", instance.name}
            and request.payment_timing in {None, instance.payment}
            and begin <= (instance.recycled or 0.0) <= end
        )

    # Java sends the zero of what was not set.
    return page(
        ListRecycleInstanceResponse,
        account,
        Instance,
        "instances",
        _show,
        request.marker,
        request.max_keys or MAX_KEYS,
        fits,
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
        account.change(instance, "recover")
        account.schedule(instance, "delete_recycled", None)
        instance.recycled = None
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
    instance.recycled = account.clock.now()
    for timer in ENDED:
        account.schedule(instance, timer, None)
    instance.releases = None
    for volume in prepaid_data_volumes(account, instance):
        if volume.id not in instance.deleted_with_volumes:
            leave(volume)
    account.schedule(instance, "delete_recycled", _deleted(instance))


@on_timer(Instance, "delete_recycled")
def delete_at_last(account: AccountRegion, instance: Instance) -> None:
    """Let the recycle bin let go of an instance, unless the control API has taken it out."""
    if instance.state == RECYCLED:
        account.change(instance, "delete_recycled")


def _deleted(instance: Instance) -> float:
    return (instance.recycled or 0.0) + KEPT.get(instance.payment, 2 * HOUR)


def _moment(text: str, otherwise: float) -> float:
    if not text:
        return otherwise
    try:
        return seconds(text)
    except ValueError:
        raise BadRequest("recycleBegin and recycleEnd are times such as 2026-01-01T00:00:00Z") from None


def _show(instance: Instance) -> RecycledInstanceView:
    spec = offerings.specs().get(instance.spec)
    return {
        "id": instance.id,
        "serialNumber": f"s-{instance.id}",
        "name": instance.name,
        "recycleTime": iso(instance.recycled or 0.0),
        "deleteTime": iso(_deleted(instance)),
        "paymentTiming": instance.payment,
        "serviceName": "BCC",
        "serviceType": "BCC",
        "configItems": [f"CPU:{instance.cpu_count}", f"Memory:{instance.memory_gb}GB"],
        "configItem": {
            "cpu": instance.cpu_count,
            "memory": instance.memory_gb,
            "type": instance.instance_type or "N5",
            "specId": spec.spec_id if spec else "",
            "spec": instance.spec,
            "zoneName": instance.zone,
        },
    }
