"""Release an instance: for good, or into the recycle bin."""

from __future__ import annotations

from emulator.engine.accounts import Account
from emulator.engine.errors import NoSuchObject, OperationDenied
from emulator.engine.lifecycle import when_done
from emulator.engine.models import Model
from emulator.engine.operations import operation
from emulator.services.bcc.instance.resource import (
    EXPIRED,
    DeletionProtection,
    Instance,
    ReleaseNotPrepay,
    ReleaseWhileCreating,
)
from emulator.services.bcc.volume.resource import AVAILABLE, Volume

ERRORS = [NoSuchObject, ReleaseWhileCreating, ReleaseNotPrepay, DeletionProtection, OperationDenied]


class ReleaseInstanceByPostRequest(Model):
    """Which instance to release, and what goes with it."""

    instance_id: str
    related_release_flag: bool
    delete_cds_snapshot_flag: bool
    bcc_recycle_flag: bool = False
    delete_related_enis_flag: bool = False
    cds_attribute_active: bool = False


class DeleteInstanceRequest(Model):
    """Which instance to release; its data volumes are detached."""

    instance_id: str


@operation("POST /v2/instance/{instanceId}", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/nk0m0kvzd")
def release_instance_by_post(account: Account, request: ReleaseInstanceByPostRequest) -> None:
    """Release a postpaid instance, with or without its data volumes."""
    instance = account.get(Instance, request.instance_id)
    check_release(account, instance)
    if request.bcc_recycle_flag and not instance.stopped_without_charge:
        account.change(instance, "recycle")
        return
    let_go_of_volumes(account, instance, request.related_release_flag, request.cds_attribute_active)
    account.change(instance, "release")


@operation("DELETE /v2/instance/{instanceId}", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/8ks4cbh9l")
def delete_instance(account: Account, request: DeleteInstanceRequest) -> None:
    """Release an instance and keep its data volumes."""
    instance = account.get(Instance, request.instance_id)
    check_release(account, instance)
    account.change(instance, "release")


def check_release(account: Account, instance: Instance) -> None:
    """Refuse to release what is protected, prepaid and not expired, or in a status that does not allow it."""
    account.check(instance, "release")
    if instance.payment == "Prepaid" and instance.state != EXPIRED:
        raise ReleaseNotPrepay
    if instance.deletion_protection:
        raise DeletionProtection


def let_go_of_volumes(account: Account, instance: Instance, with_data: bool, by_attribute: bool) -> None:
    """Remove the volumes that go with the instance; the others are detached."""
    for volume in account.where(Volume, "instance_id", instance.id):
        goes = volume.delete_with_instance if by_attribute else with_data
        if volume.type == "Cds" and goes and not volume.delete_protection:
            account.remove(volume)


@when_done(Instance, "release")
@when_done(Instance, "delete_recycled")
def leave_nothing_behind(account: Account, instance: Instance) -> None:
    """What lives only with the instance goes; data volumes stay, attached to nothing."""
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.type == "Cds":
            volume.instance_id = volume.device = volume.serial_number = ""
            volume.pending = None
            volume.state = AVAILABLE
        else:
            account.remove(volume)
