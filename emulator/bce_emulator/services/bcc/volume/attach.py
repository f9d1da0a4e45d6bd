"""Attach a volume to an instance, and detach it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.errors import CannotAttachVolume, CannotDetachVolume
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.errors import (
    DiskAttachedQuotaExceeded,
    DiskNotAttachedInstance,
    DistNotAvailable,
    VolumeInAnotherZone,
)
from bce_emulator.services.bcc.volume.expiry import set_auto_renew
from bce_emulator.services.bcc.volume.lifecycle import ATTACHING, AVAILABLE, DETACHING, IN_USE
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume.show import AttachmentView, show_attachment
from bce_emulator.services.shared.billing import in_months

LETTERS = "bcdefghijklmnopqrstuvwxyz"


class AttachVolumeRequest(Model):
    """Which volume to attach to which instance, and what happens to it when the instance goes."""

    volume_id: str
    instance_id: str
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False


class DetachVolumeRequest(Model):
    """Which volume to detach from which instance."""

    volume_id: str
    instance_id: str


class AttachVolumeResponse(TypedDict):
    """Where the volume is attached."""

    volumeAttachment: AttachmentView
    warningList: list[str]


@operation(
    "PUT /v2/volume/{volumeId}?attach",
    errors=[NoSuchObject, VolumeInAnotherZone, CannotAttachVolume, DistNotAvailable, DiskAttachedQuotaExceeded],
    doc="https://cloud.baidu.com/doc/BCC/s/Yjwvyo3xg",
)
def attach_volume(account: AccountRegion, request: AttachVolumeRequest) -> AttachVolumeResponse:
    """Attach an available volume to an instance of its zone."""
    volume = account.get(Volume, request.volume_id)
    instance = account.get(Instance, request.instance_id)
    check_goes_with_instance(volume.payment, request.delete_with_instance)
    check_instance(account, instance, volume.zone)
    account.check(volume, "attach")
    check_room(account, instance, 1)
    account.change(volume, "attach")
    join(account, volume, instance)
    volume.delete_with_instance = request.delete_with_instance
    volume.delete_auto_snapshot = request.delete_auto_snapshot
    return {"volumeAttachment": show_attachment(volume), "warningList": []}


@operation(
    "PUT /v2/volume/{volumeId}?detach",
    errors=[NoSuchObject, DiskNotAttachedInstance, OperationDenied, CannotDetachVolume],
    doc="https://cloud.baidu.com/doc/BCC/s/zjwvyo1fn",
)
def detach_volume(account: AccountRegion, request: DetachVolumeRequest) -> None:
    """Detach a data volume from its instance."""
    volume = account.get(Volume, request.volume_id)
    instance = account.find(Instance, volume.instance_id)
    if instance is None or instance.id != request.instance_id:
        raise DiskNotAttachedInstance
    if not volume.is_data:
        raise OperationDenied("a system disk or a local disk stays with its instance")
    account.check(instance, "detach_volume")
    account.change(volume, "detach")


def check_goes_with_instance(payment: str, delete_with_instance: bool) -> None:
    """Refuse to have a prepaid volume go with its instance."""
    if delete_with_instance and payment == "Prepaid":
        raise BadRequest("deleteWithInstance is for postpaid data volumes only")


def check_instance(account: AccountRegion, instance: Instance, zone: str) -> None:
    """Refuse an instance whose status allows no new volume, or that is in another zone."""
    if instance.zone != zone:
        raise VolumeInAnotherZone(f"the instance is in {instance.zone}, the volume in {zone}")
    account.check(instance, "attach_volume")


def check_room(account: AccountRegion, instance: Instance, more: int) -> None:
    """Refuse more volumes than an instance of this spec can have."""
    spec = offerings.specs().get(instance.spec)
    most = spec.volume_quota if spec else offerings.MAX_VOLUMES
    has = sum(volume.is_data for volume in account.where(Volume, "instance_id", instance.id))
    if has + more > most:
        raise DiskAttachedQuotaExceeded(f"the instance has {has} of {most} volumes")


def join(account: AccountRegion, volume: Volume, instance: Instance) -> None:
    """Note which instance a volume is attached to; a prepaid volume is renewed together with a prepaid instance."""
    put_on(account, volume, instance.id)
    if volume.payment == "Prepaid" and instance.auto_renew and not volume.auto_renew:
        set_auto_renew(volume, in_months(instance.auto_renew_period, instance.auto_renew_unit))


def put_on(account: AccountRegion, volume: Volume, instance_id: str) -> None:
    """Note on what a volume is, of whatever kind that is, and as which of its disks."""
    used = {other.device for other in account.where(Volume, "instance_id", instance_id)}
    volume.device = next(device for letter in LETTERS if (device := f"/dev/vd{letter}") not in used)
    volume.serial_number = f"v-{account.new_text('serial', 'mixed')}"
    volume.attached = account.clock.now()
    volume.instance_id = instance_id


def leave(volume: Volume) -> None:
    """Keep a volume when its instance is released; a transition of the volume that is under way continues."""
    _clear_attachment(volume)
    if volume.state in {ATTACHING, IN_USE, DETACHING}:
        volume.pending = None
        volume.state = AVAILABLE


@when_done(Volume, "create_to_attach")
def attach_new_volume(account: AccountRegion, volume: Volume) -> None:
    """Attach a volume that was created for an instance, if the instance still exists."""
    if volume.instance_id:
        account.change(volume, "attach_new")
    else:
        volume.state = AVAILABLE


@when_done(Volume, "detach")
def belong_to_nothing(_account: AccountRegion, volume: Volume) -> None:
    """Clear what a volume knows of the instance it was attached to."""
    _clear_attachment(volume)


@when_done(Volume, "create_in_use")
@when_done(Volume, "resize")
@when_done(Volume, "create_snapshot")
@when_done(Volume, "renew")
def come_to_rest(_account: AccountRegion, volume: Volume) -> None:
    """End a transition: the volume is in use if it has an instance, and available if that was released meanwhile."""
    volume.state = IN_USE if volume.instance_id else AVAILABLE


def _clear_attachment(volume: Volume) -> None:
    volume.instance_id = volume.device = volume.serial_number = ""
    volume.attached = 0.0
