"""Create volumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.auto_snapshot_policy.resource import AutoSnapshotPolicy
from bce_emulator.services.bcc.auto_snapshot_policy.run import plan_next_run
from bce_emulator.services.bcc.instance.errors import CannotAttachVolume
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.share_resource import has_shares
from bce_emulator.services.bcc.snapshot.source import check_shared_source, check_source
from bce_emulator.services.bcc.volume.attach import check_goes_with_instance, check_instance, check_room, join
from bce_emulator.services.bcc.volume.errors import (
    DiskAttachedQuotaExceeded,
    DiskNameInvalid,
    DiskQuotaExceeded,
    DiskSizeInvalid,
    VolumeInAnotherZone,
)
from bce_emulator.services.bcc.volume.expiry import await_expiry
from bce_emulator.services.bcc.volume.lifecycle import AVAILABLE, IN_USE
from bce_emulator.services.bcc.volume.quota import check_quota
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume_cluster.capacity import check_new_volumes
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared import regions as region_table
from bce_emulator.services.shared.billing import Billing, months_of, renewal_months
from bce_emulator.services.shared.names import is_name
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of

ERRORS = [
    QualifyNotPass,
    NoSuchObject,
    DiskNameInvalid,
    DiskSizeInvalid,
    DiskQuotaExceeded,
    VolumeInAnotherZone,
    CannotAttachVolume,
    DiskAttachedQuotaExceeded,
    OperationDenied,
]
MAX_AT_ONCE = 5
STORAGE_TYPE = "hp1"


class PolicyChoice(Model):
    """The automatic snapshot policy of a new volume."""

    id: str = ""


class VolumeOrder(Model):
    """The members that both generations of the request have."""

    client_token: ClientToken = ""
    name: str = ""
    cds_size_in_gb: Annotated[int, Field(alias="cdsSizeInGB")] = 0
    storage_type: str = ""
    description: str = ""
    snapshot_id: str = ""
    zone_name: str = ""
    instance_id: str = ""
    purchase_count: int = 0
    billing: Billing | None = None
    charge_type: str = ""
    encrypt_key: str = ""
    renew_time_unit: str = ""
    renew_time: int = 0


class CreateVolumeRequest(VolumeOrder):
    """What to create, how many, and where; they are attached to the instance, if one is named."""

    share_snapshot_id: str = ""
    cds_extra_io: int = 0
    enable_delete_protection: LenientBool = False
    delete_with_instance: bool = False
    delete_auto_snapshot: bool = False
    relation_tag: bool = False
    tags: tuple[TagModel, ...] = ()
    res_group_id: str = ""
    res_group_ids: tuple[str, ...] = ()
    cluster_id: str = ""
    auto_snapshot_policy: PolicyChoice | tuple[PolicyChoice, ...] = ()

    @property
    def policy_id(self) -> str:
        """The id of the snapshot policy, in either form that clients send."""
        chosen = self.auto_snapshot_policy
        policies = chosen if isinstance(chosen, tuple) else (chosen,)
        return policies[0].id if policies else ""


class SyncCreateVolumeRequest(CreateVolumeRequest):
    """The same members as of the asynchronous call."""


class CreatedVolumeView(TypedDict):
    """A volume that was just created."""

    volumeId: str
    volumeUuid: str
    name: str
    sizeGb: int


class SyncCreateVolumeResponse(TypedDict):
    """The volumes that were created."""

    volumeIds: list[str]
    volumes: list[CreatedVolumeView]
    warningList: list[str]


class CreateVolumeResponse(SyncCreateVolumeResponse):
    """The ids of the volumes that are being created, and of their order."""

    orderId: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An order that passed every check: carrying it out refuses nothing."""

    zone: str
    storage_type: str
    size_gb: int
    count: int
    months: int
    renewal_months: int
    instance: Instance | None
    snapshot_id: str
    encrypt_key: str


@operation(
    "POST /v2/volume",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/Ujwvyo1ta",
    looks_at_others=has_shares,
)
def create_volume(account: AccountRegion, request: CreateVolumeRequest) -> CreateVolumeResponse:
    """Create one or more volumes, empty or from a snapshot."""
    volumes = _make(account, request)
    for volume in volumes:
        account.change(volume, "create_to_attach" if volume.instance_id else "create")
    return {**_response(volumes), "orderId": new_order(account)}


@operation("POST /v2/volume/syncCreate", errors=ERRORS, basis="client", looks_at_others=has_shares)
def sync_create_volume(account: AccountRegion, request: SyncCreateVolumeRequest) -> SyncCreateVolumeResponse:
    """Create volumes that are available when the response arrives."""
    volumes = _make(account, request)
    for volume in volumes:
        volume.state = IN_USE if volume.instance_id else AVAILABLE
        await_expiry(account, volume)
    return _response(volumes)


def _response(volumes: list[Volume]) -> SyncCreateVolumeResponse:
    rendered: list[CreatedVolumeView] = [
        {"volumeId": volume.id, "volumeUuid": "", "name": volume.name, "sizeGb": volume.size_gb} for volume in volumes
    ]
    return {"volumeIds": [volume.id for volume in volumes], "volumes": rendered, "warningList": []}


def _make(account: AccountRegion, request: CreateVolumeRequest) -> list[Volume]:
    check_goes_with_instance(_payment(request), request.delete_with_instance)
    policy = account.get(AutoSnapshotPolicy, request.policy_id) if request.policy_id else None
    cluster = account.get(VolumeCluster, request.cluster_id) if request.cluster_id else None
    plan = check_order(account, request, request.storage_type, request.share_snapshot_id, cluster)
    volumes = make_volumes(account, request, plan, policy)
    group = request.res_group_id or next(iter(request.res_group_ids), "")
    for volume in volumes:
        volume.extra_io = request.cds_extra_io
        volume.delete_protection = request.enable_delete_protection
        volume.delete_with_instance = request.delete_with_instance
        volume.delete_auto_snapshot = request.delete_auto_snapshot
        volume.tags = tags_of(request.tags)
        volume.resource_group_id = group
        volume.cluster_id = request.cluster_id
        volume.share_snapshot_id = "" if request.snapshot_id else request.share_snapshot_id
    return volumes


def check_order(
    account: AccountRegion,
    request: VolumeOrder,
    storage_type: str,
    shared_snapshot_id: str = "",
    cluster: VolumeCluster | None = None,
) -> Plan:
    """Check a whole order before anything is created."""
    require_real_name(account)
    count = request.purchase_count or 1
    if not 1 <= count <= MAX_AT_ONCE:
        raise BadRequest(f"purchaseCount is 1 to {MAX_AT_ONCE}")
    if request.name and not is_name(request.name):
        raise DiskNameInvalid
    storage_type = storage_type or (cluster.storage_type if cluster else STORAGE_TYPE)
    kind = offerings.storage_types().get(storage_type)
    if kind is None:
        raise BadRequest(not_offered("storageType", storage_type, offerings.storage_types()))
    months = _months(request)
    renewal = renewal_months(request.renew_time, request.renew_time_unit) if months and request.renew_time else 0
    instance = account.get(Instance, request.instance_id) if request.instance_id else None
    zone = _zone(account, request, instance, cluster)
    size, key = request.cds_size_in_gb, request.encrypt_key
    if request.snapshot_id:
        snapshot = check_source(account, request.snapshot_id, size, DiskSizeInvalid)
        size, key = size or snapshot.size_gb, key or snapshot.encrypt_key
    elif shared_snapshot_id:
        shared = check_shared_source(account, shared_snapshot_id, size, DiskSizeInvalid)
        size = size or shared.size_gb
    if not kind.min_gb <= size <= kind.max_gb:
        raise DiskSizeInvalid(f"{kind.min_gb} to {kind.max_gb} GB for {kind.name}")
    if instance is not None:
        check_instance(account, instance, zone)
        check_room(account, instance, count)
    if cluster is not None:
        check_new_volumes(account, cluster, zone, kind.name, count * size)
    check_quota(account, count, count * size)
    return Plan(zone, kind.name, size, count, months, renewal, instance, request.snapshot_id, key)


def _payment(request: VolumeOrder) -> str:
    """How volumes are paid for: as ``billing`` says, or where that is silent as ``chargeType``, which Terraform has."""
    billing = request.billing
    if billing is not None and "payment_timing" in billing.model_fields_set:
        return billing.payment_timing
    return request.charge_type or "Postpaid"


def _months(request: VolumeOrder) -> int:
    payment = _payment(request)
    if payment not in {"Prepaid", "Postpaid"}:
        raise BadRequest("a volume is Prepaid or Postpaid")
    if payment == "Postpaid":
        return 0
    if request.billing is None:
        raise BadRequest("a prepaid volume needs billing.reservation")
    return months_of(request.billing.reservation)


def _zone(
    account: AccountRegion, request: VolumeOrder, instance: Instance | None, cluster: VolumeCluster | None
) -> str:
    zones = region_table.zones(account.region)
    if not request.zone_name:
        beside = instance or cluster
        return beside.zone if beside else zones[0]
    if request.zone_name not in zones:
        raise BadRequest(not_offered("zoneName", request.zone_name, zones))
    return request.zone_name


def make_volumes(
    account: AccountRegion, request: VolumeOrder, plan: Plan, policy: AutoSnapshotPolicy | None
) -> list[Volume]:
    """Create the volumes of an order; several with one name are numbered."""
    volumes = []
    for index in range(plan.count):
        suffix = f"-{index + 1}" if request.name and plan.count > 1 else ""
        volume = Volume(
            id=account.new_id(Volume),
            name=request.name + suffix,
            desc=request.description,
            size_gb=plan.size_gb,
            storage_type=plan.storage_type,
            zone=plan.zone,
            payment="Prepaid" if plan.months else "Postpaid",
            expires=months_later(account.clock.now(), plan.months) if plan.months else None,
            auto_renew=plan.renewal_months > 0,
            auto_renew_months=plan.renewal_months,
            snapshot_id=plan.snapshot_id,
            encrypt_key=plan.encrypt_key,
            policy_id=policy.id if policy else "",
        )
        account.add(volume)
        if plan.instance is not None:
            join(account, volume, plan.instance)
        volumes.append(volume)
    if policy is not None:
        plan_next_run(account, policy)
    return volumes
