"""Give prepaid instances back before their time is over."""

from __future__ import annotations

from typing import Annotated

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import (
    DeletionProtection,
    InsufficientCredit,
    RefundStatusNotSupported,
    ReleaseWhileCreating,
    TooManyRefunds,
)
from bce_emulator.services.bcc.instance.lifecycle import EXPIRED
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.release.release import let_go, snapshots_that_go, volumes_that_go
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.settings import REFUND_QUOTA_USED_UP
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.bcc.volume.resource import DATA, Volume
from bce_emulator.services.vpc.nic.primary import addresses_that_go

MAX_AT_ONCE = 20


class DeletePrepayInstanceRequest(Model):
    """Which instance to give back; its prepaid volumes always go with it."""

    client_token: ClientToken = ""
    instance_id: Annotated[str, IN_QUERY]
    related_release_flag: bool = False
    delete_cds_snapshot_flag: bool = False
    delete_related_enis_flag: bool = False
    delete_immediate: bool = False


class BatchRefundResourceRequest(Model):
    """Which instances to give back."""

    client_token: ClientToken = ""
    instance_ids: tuple[str, ...]
    related_release_flag: bool = False
    delete_cds_snapshot_flag: bool = False
    delete_related_enis_flag: bool = False


class ReleasedResourcesView(TypedDict):
    """What has gone with an instance; every member is empty if nothing has."""

    instanceId: str
    eip: str
    insnapIds: list[str]
    snapshotIds: list[str]
    volumeIds: list[str]


class DeletePrepayInstanceResponse(TypedDict):
    """What has gone, and what could not."""

    successResources: ReleasedResourcesView
    failResources: ReleasedResourcesView
    instanceRefundFlag: bool


class BatchRefundResourceResponse(TypedDict):
    """Which instances could not be refunded."""

    failedInstanceIds: list[str]


@operation(
    "POST /v2/instance/delete",
    errors=[NoSuchObject, ReleaseWhileCreating, DeletionProtection, InsufficientCredit, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/qlozpzy93",
    looks_at_others=has_shares,
)
def delete_prepay_instance(
    account: AccountRegion, request: DeletePrepayInstanceRequest
) -> DeletePrepayInstanceResponse:
    """Release an instance however it is paid for; what is left of a prepaid one is refunded.

    A refunded instance is gone at once; another goes to the recycle bin unless it is to be deleted immediately.
    """
    instance = account.get(Instance, request.instance_id)
    account.check(instance, "release")
    if instance.deletion_protection:
        raise DeletionProtection
    refunded = instance.payment == "Prepaid" and instance.state != EXPIRED
    if refunded:
        _check_quota(account)
    going = _volumes(account, instance, request.related_release_flag)
    snapshots = snapshots_that_go(request.delete_cds_snapshot_flag, by_attribute=False)
    addresses = addresses_that_go(account, nic_of(account, instance)) if request.related_release_flag else []
    released = _result(account, instance, going, request.delete_cds_snapshot_flag, addresses)
    instance.deleted_with_enis = request.delete_related_enis_flag
    let_go(account, instance, going, snapshots, addresses, into_bin=not refunded and not request.delete_immediate)
    return {"successResources": released, "failResources": _NOTHING, "instanceRefundFlag": True}


@operation(
    "POST /v2/instance/batchRefundResource",
    errors=[NoSuchObject, DeletionProtection, InsufficientCredit, TooManyRefunds, RefundStatusNotSupported],
    doc="https://cloud.baidu.com/doc/BCC/s/9ltfkyv8p",
    looks_at_others=has_shares,
)
def batch_refund_resource(account: AccountRegion, request: BatchRefundResourceRequest) -> BatchRefundResourceResponse:
    """Refund and release prepaid instances that have not expired, all or none."""
    ids = dict.fromkeys(request.instance_ids)
    if not ids:
        raise BadRequest("instanceIds is empty")
    if len(ids) > MAX_AT_ONCE:
        raise TooManyRefunds
    instances = [account.get(Instance, instance_id) for instance_id in ids]
    if any(instance.payment != "Prepaid" for instance in instances):
        raise BadRequest("only prepaid instances are refunded")
    for instance in instances:
        if instance.deletion_protection:
            raise DeletionProtection
        account.check(instance, "refund")
    _check_quota(account)
    snapshots = snapshots_that_go(request.delete_cds_snapshot_flag, by_attribute=False)
    for instance in instances:
        going = _volumes(account, instance, request.related_release_flag)
        addresses = addresses_that_go(account, nic_of(account, instance)) if request.related_release_flag else ()
        instance.deleted_with_enis = request.delete_related_enis_flag
        let_go(account, instance, going, snapshots, addresses, into_bin=False)
    return {"failedInstanceIds": []}


def _check_quota(account: AccountRegion) -> None:
    if account.setting(REFUND_QUOTA_USED_UP):
        raise InsufficientCredit("the setting refundQuotaUsedUp of this account is true")


def _volumes(account: AccountRegion, instance: Instance, with_data: bool) -> list[Volume]:
    """The data volumes that go: those of a prepaid instance that are prepaid too, and the others if asked for."""
    prepaid = [
        volume
        for volume in account.where(Volume, "instance_id", instance.id)
        if volume.type == DATA and volume.payment == instance.payment == "Prepaid"
    ]
    return prepaid + volumes_that_go(account, instance, with_data, by_attribute=False)


_NOTHING: ReleasedResourcesView = {"instanceId": "", "eip": "", "insnapIds": [], "snapshotIds": [], "volumeIds": []}


def _result(
    account: AccountRegion, instance: Instance, volumes: list[Volume], with_snapshots: bool, addresses: list[str]
) -> ReleasedResourcesView:
    snapshots = [each.id for volume in volumes for each in account.where(Snapshot, "volume_id", volume.id)]
    going = set(snapshots if with_snapshots else ())
    groups = [
        group.id
        for group in account.where(InstanceSnapshot, "instance_id", instance.id)
        if all(each.is_system or each.id in going for each in account.where(Snapshot, "instance_snapshot_id", group.id))
    ]
    return {
        **_NOTHING,
        "instanceId": instance.id,
        "eip": ",".join(addresses),
        "insnapIds": groups,
        "volumeIds": [volume.id for volume in volumes],
        "snapshotIds": snapshots if with_snapshots else [],
    }
