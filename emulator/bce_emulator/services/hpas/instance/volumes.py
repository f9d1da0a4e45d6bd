"""The disks of an instance: its system disk, and the volumes that are put on it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.volume.attach import put_on
from bce_emulator.services.bcc.volume.lifecycle import IN_USE
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.hpas.instance.nic import application_of
from bce_emulator.services.hpas.instance.resource import HpasInstance


class AttachVolumesRequest(Model):
    """Which volumes to put on which instance."""

    hpas_id: str
    volume_ids: tuple[str, ...]


class DetachVolumesRequest(Model):
    """Which volumes to take off their instances."""

    volume_ids: tuple[str, ...]


class AttachVolumesResponse(TypedDict):
    """The volumes that cannot be put on the instance."""

    failedVolumeIds: list[str]


@operation("POST /?action=AttachVolumes", errors=[NoSuchObject, OperationDenied], basis="client")
def attach_volumes(account: AccountRegion, request: AttachVolumesRequest) -> AttachVolumesResponse:
    """Put those volumes on an instance that are available in its zone, as far as there is room."""
    instance = account.get(HpasInstance, request.hpas_id)
    if not request.volume_ids:
        raise BadRequest("volumeIds names one volume at least")
    account.check(instance, "attach_volume")
    return {
        "failedVolumeIds": [each for each in dict.fromkeys(request.volume_ids) if not _attach(account, instance, each)]
    }


@operation("POST /?action=DetachVolumes", errors=[NoSuchObject, OperationDenied], basis="client")
def detach_volumes(account: AccountRegion, request: DetachVolumesRequest) -> None:
    """Take data volumes off the instances that they are on, all or none."""
    volumes = [account.get(Volume, each) for each in dict.fromkeys(request.volume_ids)]
    if not volumes:
        raise BadRequest("volumeIds names one volume at least")
    for volume in volumes:
        instance = account.find(HpasInstance, volume.instance_id)
        if instance is None or not volume.is_data or volume.lifecycle.find("detach", volume.state) is None:
            raise OperationDenied(f"{volume.id} is no data volume in use by an instance")
        account.check(instance, "attach_volume")
    for volume in volumes:
        account.change(volume, "detach")


def make_system_disk(account: AccountRegion, instance: HpasInstance, size_gb: int, storage_type: str) -> None:
    """Make the disk that an instance starts from."""
    account.add(
        Volume(
            id=account.new_id(Volume),
            type=SYSTEM,
            state=IN_USE,
            size_gb=size_gb,
            storage_type=storage_type,
            zone=instance.zone,
            instance_id=instance.id,
            device="/dev/vda",
            serial_number=f"v-{account.new_text('serial', 'mixed')}",
            payment=instance.payment,
            expires=instance.expires,
        )
    )


def _attach(account: AccountRegion, instance: HpasInstance, volume_id: str) -> bool:
    volume = account.find(Volume, volume_id)
    has = sum(each.is_data for each in account.where(Volume, "instance_id", instance.id))
    if volume is None or volume.zone != instance.zone or has >= application_of(instance).max_volumes:
        return False
    if volume.lifecycle.find("attach", volume.state) is None:
        return False
    account.change(volume, "attach")
    put_on(account, volume, instance.id)
    return True
