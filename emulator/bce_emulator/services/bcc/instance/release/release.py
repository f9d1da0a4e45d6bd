"""Release an instance: for good, or into the recycle bin."""

from __future__ import annotations

from collections.abc import Iterable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import DeletionProtection, ReleaseNotPrepay, ReleaseWhileCreating
from bce_emulator.services.bcc.instance.lifecycle import EXPIRED
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.delete import delete_snapshots_of
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.bcc.volume.attach import leave
from bce_emulator.services.bcc.volume.resource import DATA, Volume
from bce_emulator.services.vpc.nic.primary import addresses_that_go

ERRORS = [NoSuchObject, ReleaseWhileCreating, ReleaseNotPrepay, DeletionProtection, OperationDenied]
EVERY_SNAPSHOT, BY_ATTRIBUTE = "every", "by attribute"


class ReleaseInstanceByPostRequest(Model):
    """Which instance to release, and what goes with it."""

    client_token: ClientToken = ""
    instance_id: str
    related_release_flag: bool
    delete_cds_snapshot_flag: bool
    bcc_recycle_flag: bool = False
    delete_related_enis_flag: bool = False
    cds_attribute_active: bool = False


class DeleteInstanceRequest(Model):
    """Which instance to release; its data volumes are detached."""

    instance_id: str


@operation(
    "POST /v2/instance/{instanceId}",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/nk0m0kvzd",
    looks_at_others=has_shares,
)
def release_instance_by_post(account: AccountRegion, request: ReleaseInstanceByPostRequest) -> None:
    """Release a postpaid instance, with or without its data volumes."""
    instance = account.get(Instance, request.instance_id)
    check_release(account, instance)
    going = volumes_that_go(account, instance, request.related_release_flag, request.cds_attribute_active)
    snapshots = snapshots_that_go(request.delete_cds_snapshot_flag, request.cds_attribute_active)
    addresses = addresses_that_go(account, nic_of(account, instance)) if request.related_release_flag else ()
    instance.deleted_with_enis = request.delete_related_enis_flag
    let_go(account, instance, going, snapshots, addresses, into_bin=request.bcc_recycle_flag)


@operation("DELETE /v2/instance/{instanceId}", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/8ks4cbh9l")
def delete_instance(account: AccountRegion, request: DeleteInstanceRequest) -> None:
    """Release an instance and keep its data volumes."""
    instance = account.get(Instance, request.instance_id)
    check_release(account, instance)
    account.change(instance, "release")


def check_release(account: AccountRegion, instance: Instance) -> None:
    """Refuse to release what is protected, prepaid and not expired, or in a status that does not allow it."""
    account.check(instance, "release")
    if instance.payment == "Prepaid" and instance.state != EXPIRED:
        raise ReleaseNotPrepay
    if instance.deletion_protection:
        raise DeletionProtection


def let_go(
    account: AccountRegion,
    instance: Instance,
    volumes: Iterable[Volume],
    snapshots: str,
    addresses: Iterable[str],
    *,
    into_bin: bool,
) -> None:
    """Release an instance that was found free to go; volumes, snapshots and addresses go when it goes for good."""
    instance.deleted_with_addresses = tuple(addresses)
    if into_bin and can_be_recycled(instance):
        instance.deleted_with_volumes = tuple(volume.id for volume in volumes)
        instance.deleted_with_snapshots = snapshots
        account.change(instance, "recycle")
        return
    for volume in volumes:
        _remove(account, volume, snapshots)
    account.change(instance, "release")


def can_be_recycled(instance: Instance) -> bool:
    """Whether the recycle bin takes an instance: not on a dedicated host, at a bid, or stopped without charge."""
    ordinary = instance.payment in {"Prepaid", "Postpaid"} and not instance.dedicated_host_id
    return ordinary and not instance.stopped_without_charge


def volumes_that_go(account: AccountRegion, instance: Instance, with_data: bool, by_attribute: bool) -> list[Volume]:
    """The data volumes that go with an instance; what is protected or paid for ahead is only detached."""
    return [
        volume
        for volume in account.where(Volume, "instance_id", instance.id)
        if volume.type == DATA
        and volume.payment != "Prepaid"
        and not volume.delete_protection
        and (volume.delete_with_instance if by_attribute else with_data)
    ]


def snapshots_that_go(flag: bool, by_attribute: bool) -> str:
    """Which snapshots of the volumes go: all, the automatic ones of those whose attribute says so, or none."""
    if by_attribute:
        return BY_ATTRIBUTE
    return EVERY_SNAPSHOT if flag else ""


def _remove(account: AccountRegion, volume: Volume, snapshots: str) -> None:
    every = snapshots == EVERY_SNAPSHOT
    by_attribute = snapshots == BY_ATTRIBUTE and volume.delete_auto_snapshot
    delete_snapshots_of(account, volume.id, automatic=every or by_attribute, manual=every)
    account.remove(volume)


@when_gone(Instance)
def leave_nothing_behind(account: AccountRegion, instance: Instance) -> None:
    """What lives only with the instance, or was to go with it, goes; other data volumes stay, attached to nothing."""
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.id in instance.deleted_with_volumes:
            _remove(account, volume, instance.deleted_with_snapshots)
        elif volume.type == DATA:
            leave(volume)
        else:
            account.remove(volume)
