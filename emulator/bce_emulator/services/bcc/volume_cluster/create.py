"""Order volume clusters, make them larger, and give them back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.volume_cluster.errors import ClusterSizeInvalid, ResizeParamInvalid
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.bcc.volume_cluster.show import ClusterWithVolumesView, show_with_volumes
from bce_emulator.services.shared.billing import Reservation, months_of, renewal_months
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.regions import check_zone, zones
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry

MIN_GB, MAX_GB, STEP_GB = 87_040, 1_039_360, 10_240
"""85 to 1015 TB by 10 TB."""
MAX_AT_ONCE = 100
STORAGE_TYPES = {"premium_ssd": "cloud_hp1", "ssd": "hp1"}
"""Types of disks that have a second name."""
StorageType = Literal[
    "hp1", "ssd", "cloud_hp1", "premium_ssd", "enhanced_ssd_pl0", "enhanced_ssd_pl1", "enhanced_ssd_pl2",
    "enhanced_ssd_pl3", "elastic_ephemeral_disk",
]  # fmt: skip


class ClusterBilling(Model):
    """For how long a cluster is paid ahead; it is paid in no other way."""

    payment_timing: Literal["Prepaid"] = "Prepaid"
    reservation: Reservation = Reservation()


class CreateVolumeClusterRequest(Model):
    """How large, of which disks, and where the clusters are, how many, and how they are paid and renewed."""

    client_token: ClientToken = ""
    cluster_name: str = ""
    cluster_size_in_gb: Annotated[int, Field(alias="clusterSizeInGB", ge=MIN_GB, le=MAX_GB)]
    storage_type: StorageType = "hp1"
    zone_name: str = ""
    purchase_count: Annotated[int, Field(ge=1, le=MAX_AT_ONCE)] = 1
    billing: ClusterBilling
    renew_time_unit: str = ""
    renew_time: int = 0
    tags: tuple[TagModel, ...] = ()


class ResizeVolumeClusterRequest(Model):
    """How large the cluster is from now on."""

    client_token: ClientToken = ""
    cluster_id: str
    new_cluster_size_in_gb: Annotated[int, Field(alias="newClusterSizeInGB")]


class RefundVolumeClusterRequest(Model):
    """Which cluster to give back."""

    cluster_id: str


class CreateVolumeClusterResponse(TypedDict):
    """The clusters that were ordered."""

    clusterIds: list[str]


class VolumeClusterOrderResponse(TypedDict):
    """The order that changes a cluster."""

    orderId: str


@operation("POST /v2/volume/cluster", errors=[QualifyNotPass], basis="client")
def create_volume_cluster(account: AccountRegion, request: CreateVolumeClusterRequest) -> CreateVolumeClusterResponse:
    """Order clusters; several with one name are numbered."""
    require_real_name(account)
    if request.cluster_name and not is_name(request.cluster_name):
        raise BadRequest(f"clusterName is {NAME_RULE}")
    if (request.cluster_size_in_gb - MIN_GB) % STEP_GB:
        raise BadRequest(f"clusterSizeInGB is {MIN_GB} and a multiple of {STEP_GB} more")
    check_zone(account.region, request.zone_name)
    expires = months_later(account.clock.now(), months_of(request.billing.reservation))
    renewal = renewal_months(request.renew_time, request.renew_time_unit) if request.renew_time else 0
    made = []
    for number in range(1, request.purchase_count + 1):
        suffix = f"-{number}" if request.cluster_name and request.purchase_count > 1 else ""
        cluster = VolumeCluster(
            id=account.new_id(VolumeCluster),
            name=(request.cluster_name or f"dbsc-{account.new_text('dbsc', 'mixed')}") + suffix,
            size_gb=request.cluster_size_in_gb,
            storage_type=STORAGE_TYPES.get(request.storage_type, request.storage_type),
            zone=request.zone_name or zones(account.region)[0],
            expires=expires,
            auto_renew_months=renewal,
            tags=tags_of(request.tags),
        )
        account.change(account.add(cluster), "create")
        await_expiry(account, cluster)
        made.append(cluster.id)
    return {"clusterIds": made}


@operation(
    "PUT /v2/volume/cluster/{clusterId}?resize",
    errors=[ResizeParamInvalid, ClusterSizeInvalid, OperationDenied],
    basis="client",
)
def resize_volume_cluster(account: AccountRegion, request: ResizeVolumeClusterRequest) -> VolumeClusterOrderResponse:
    """Make a cluster larger; none gets smaller."""
    cluster = account.get(VolumeCluster, request.cluster_id, ResizeParamInvalid)
    size = request.new_cluster_size_in_gb
    if not max(cluster.size_gb + 1, MIN_GB) <= size <= MAX_GB:
        raise ClusterSizeInvalid(f"it has {cluster.size_gb} GB, and can have more up to {MAX_GB}")
    account.change(cluster, "resize")
    cluster.next_size_gb = size
    return {"orderId": new_order(account)}


@when_done(VolumeCluster, "resize")
def take_new_size(_account: AccountRegion, cluster: VolumeCluster) -> None:
    """A cluster that has grown has its new size."""
    cluster.size_gb, cluster.next_size_gb = cluster.next_size_gb or cluster.size_gb, 0


@operation("DELETE /v2/volume/cluster/{clusterId}", errors=[NoSuchObject, OperationDenied], basis="client")
def refund_volume_cluster(account: AccountRegion, request: RefundVolumeClusterRequest) -> ClusterWithVolumesView:
    """Give a cluster back that no volume is in; it is shown as it was."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    account.check(cluster, "refund")
    if volumes := account.dependents(cluster):
        raise OperationDenied(f"in the cluster there are {named(volumes)}")
    shown = show_with_volumes(account, cluster)
    account.change(cluster, "refund")
    return shown
