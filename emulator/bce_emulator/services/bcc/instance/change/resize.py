"""Give an instance other cores and memory: by spec, by the older call with numbers, or many at once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.creation.create import hardware_of, requested_hardware
from bce_emulator.services.bcc.instance.creation.order import Hardware
from bce_emulator.services.bcc.instance.errors import InstanceBeBanned, ResizeSpecNotAllowed, ResizeTooMany, ZoneSoldOut
from bce_emulator.services.bcc.instance.power.batch import change_all, instances_named
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.settings import BANNED, stock
from bce_emulator.services.shared.names import dashed

ERRORS = [NoSuchObject, InstanceBeBanned, OperationDenied, ZoneSoldOut]
MAX_AT_ONCE = 30


class ResizeInstanceBySpecRequest(Model):
    """The spec that the instance is to have."""

    client_token: ClientToken = ""
    instance_id: str
    spec: str
    enable_jumbo_frame: bool | None = None


class ResizeInstanceRequest(Model):
    """The cores and the memory that the instance is to have; a spec, if there is one, decides."""

    client_token: ClientToken = ""
    instance_id: str
    cpu_count: int = 0
    memory_gb: Annotated[int, Field(alias="memoryCapacityInGB")] = 0
    spec: str = ""
    live_resize: bool = False
    enable_jumbo_frame: bool | None = None


class InstanceBatchResizeBySpecRequest(Model):
    """The spec that several instances are to have."""

    client_token: ClientToken = ""
    spec: str
    instance_id_list: Annotated[tuple[str, ...], Field(min_length=1)]
    enable_jumbo_frame: bool | None = None


class InstanceBatchResizeBySpecResponse(TypedDict):
    """One order for each instance that gets the spec."""

    orderUuidResults: list[str]


@operation(
    "PUT /v2/instanceBySpec/{instanceId}?resize", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/cly3vejn3"
)
def resize_instance_by_spec(account: AccountRegion, request: ResizeInstanceBySpecRequest) -> None:
    """Give an instance another spec; one that runs restarts."""
    instance = account.get(Instance, request.instance_id)
    hardware = hardware_of(request.spec)
    _check_resize(account, instance, hardware)
    account.change(instance, "resize")
    _become(instance, hardware, request.enable_jumbo_frame)


@operation("PUT /v2/instance/{instanceId}?resize", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/1jwvyoc9l")
def resize_instance(account: AccountRegion, request: ResizeInstanceRequest) -> None:
    """Give an instance other cores and memory; one that is prepaid gets no smaller."""
    instance = account.get(Instance, request.instance_id)
    hardware = hardware_of(request.spec) if request.spec else _same_family(instance, request)
    _check_resize(account, instance, hardware)
    smaller = hardware.cpu_count < instance.cpu_count or hardware.memory_gb < instance.memory_gb
    if instance.payment == "Prepaid" and smaller:
        raise BadRequest("a prepaid instance cannot get smaller")
    account.change(instance, "resize")
    _become(instance, hardware, request.enable_jumbo_frame)


@operation(
    "PUT /v2/instanceBatchBySpec?resize",
    errors=[ResizeTooMany, ResizeSpecNotAllowed, NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Xlfj5f19c",
)
def instance_batch_resize_by_spec(
    account: AccountRegion, request: InstanceBatchResizeBySpecRequest
) -> InstanceBatchResizeBySpecResponse:
    """Give several instances another spec; those that cannot take it are left out."""
    if len(request.instance_id_list) > MAX_AT_ONCE:
        raise ResizeTooMany
    if request.spec not in offerings.specs():
        raise ResizeSpecNotAllowed("spec is none of those on offer")
    hardware = hardware_of(request.spec)
    named = instances_named(account, request.instance_id_list)
    for instance in named:
        account.check(instance, "resize")
    banned = account.setting(BANNED)
    fit = [instance for instance in named if _can_become(instance, hardware) and instance.id not in banned]
    _check_stock(account, fit, hardware.spec)
    change_all(account, fit, "resize")
    for instance in fit:
        _become(instance, hardware, request.enable_jumbo_frame)
    return {"orderUuidResults": [dashed(account.new_text("resize order", "hex32")) for _ in fit]}


def _can_become(instance: Instance, hardware: Hardware) -> bool:
    specs = offerings.specs()
    return not instance.card_count and offerings.can_become(specs.get(instance.spec), specs.get(hardware.spec))


def _check_resize(account: AccountRegion, instance: Instance, hardware: Hardware) -> None:
    if instance.id in account.setting(BANNED):
        raise InstanceBeBanned("the setting bannedInstances of this account names the instance")
    account.check(instance, "resize")
    if not _can_become(instance, hardware):
        raise BadRequest(f"an instance of {instance.spec or 'no spec'} cannot become one of {hardware.spec}")
    left = stock(account, instance.zone, hardware.spec)
    if left is not None and left < 1:
        raise ZoneSoldOut(f"no instance of {hardware.spec} is left in {instance.zone}")


def _check_stock(account: AccountRegion, instances: list[Instance], spec: str) -> None:
    for zone in {instance.zone for instance in instances}:
        left = stock(account, zone, spec)
        if left is not None and left < sum(instance.zone == zone for instance in instances):
            raise ResizeSpecNotAllowed(f"{left} instances of {spec} are left in {zone}")


def _same_family(instance: Instance, request: ResizeInstanceRequest) -> Hardware:
    """What the numbers mean for an instance: a spec of its own family if there is one, else only the numbers."""
    now = offerings.specs().get(instance.spec)
    for offer in offerings.specs().values():
        if now and (offer.spec_id, offer.cpu_count, offer.memory_gb) == (
            now.spec_id,
            request.cpu_count,
            request.memory_gb,
        ):
            return hardware_of(offer.spec)
    return requested_hardware("", instance.instance_type, request.cpu_count, request.memory_gb)


def _become(instance: Instance, hardware: Hardware, jumbo_frame: bool | None) -> None:
    instance.spec = hardware.spec
    instance.cpu_count = hardware.cpu_count
    instance.memory_gb = hardware.memory_gb
    instance.gpu_card, instance.fpga_card = hardware.gpu_card, hardware.fpga_card
    instance.card_count = hardware.card_count
    if jumbo_frame is not None:
        instance.jumbo_frame = jumbo_frame
