"""Release instances."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.volume.attach import leave
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.hpas.billing import PREPAID
from bce_emulator.services.hpas.instance.lifecycle import EXPIRED
from bce_emulator.services.hpas.instance.resource import HpasInstance, instances_named
from bce_emulator.services.shared.term import ends_with_its_term


class DeleteInstancesRequest(Model):
    """Which instances to release, and whether their data volumes go too."""

    hpas_ids: tuple[str, ...]
    delete_volume: bool = False


@operation("POST /?action=DeleteInstances", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_instances(account: AccountRegion, request: DeleteInstancesRequest) -> None:
    """Release instances that are paid for by use, or have expired: all, or none."""
    instances = instances_named(account, request.hpas_ids, "release")
    for instance in instances:
        if instance.payment == PREPAID and instance.state != EXPIRED:
            raise OperationDenied(f"{instance.id} is prepaid and has not expired")
    for instance in instances:
        for volume in account.where(Volume, "instance_id", instance.id) if request.delete_volume else ():
            if volume.payment != PREPAID and not volume.delete_protection:
                account.remove(volume)
        account.change(instance, "release")


@when_gone(HpasInstance)
def leave_volumes(account: AccountRegion, instance: HpasInstance) -> None:
    """The system disk goes with its instance; data volumes stay, attached to nothing."""
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.is_data:
            leave(volume)
        else:
            account.remove(volume)


ends_with_its_term(HpasInstance)
