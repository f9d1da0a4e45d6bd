"""Release several instances at once, and see how far it is."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import DeleteServerFail, DeletionProtection, ReleaseWhileCreating
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.power.batch import InstanceIds, instances_named
from bce_emulator.services.bcc.instance.release.release import check_release, let_go, snapshots_that_go, volumes_that_go
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.vpc.nic.primary import addresses_that_go


class ReleaseMultipleInstanceByPostRequest(Model):
    """Which instances to release, and what goes with them."""

    client_token: ClientToken = ""
    instance_ids: InstanceIds
    related_release_flag: bool
    delete_related_cds_flag: bool = False
    delete_cds_snapshot_flag: bool
    delete_related_enis_flag: bool = False
    bcc_recycle_flag: bool = False
    cds_attribute_active: bool = False


class GetInstanceDeleteProgressRequest(Model):
    """Which instances to ask about."""

    client_token: ClientToken = ""
    instance_ids: InstanceIds


@operation(
    "POST /v2/instance/batchDelete",
    errors=[NoSuchObject, DeleteServerFail, ReleaseWhileCreating, DeletionProtection, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/jlfkihltg",
    looks_at_others=has_shares,
)
def release_multiple_instance_by_post(account: AccountRegion, request: ReleaseMultipleInstanceByPostRequest) -> None:
    """Release postpaid instances, all or none."""
    instances = instances_named(account, request.instance_ids)
    if any(instance.payment == "Prepaid" for instance in instances):
        raise DeleteServerFail
    for instance in instances:
        check_release(account, instance)
    with_data = request.related_release_flag or request.delete_related_cds_flag
    snapshots = snapshots_that_go(request.delete_cds_snapshot_flag, request.cds_attribute_active)
    for instance in instances:
        going = volumes_that_go(account, instance, with_data, request.cds_attribute_active)
        addresses = addresses_that_go(account, nic_of(account, instance)) if request.related_release_flag else ()
        instance.deleted_with_enis = request.delete_related_enis_flag
        let_go(account, instance, going, snapshots, addresses, into_bin=request.bcc_recycle_flag)


@operation(
    "POST /v2/instance/deleteProgress",
    basis="client",
)
def get_instance_delete_progress(account: AccountRegion, request: GetInstanceDeleteProgressRequest) -> dict[str, bool]:
    """Show for each instance whether it is gone; what the values look like is proposed."""
    return {instance_id: account.find(Instance, instance_id) is None for instance_id in request.instance_ids}
