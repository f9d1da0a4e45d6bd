"""Pay for more time of volume clusters, by hand or by themselves."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.volume_cluster.create import ClusterBilling, VolumeClusterOrderResponse
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared.billing import months_of, renewal_months
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.term import prolong


class VolumeClusterRef(Model):
    """Which cluster."""

    client_token: ClientToken = ""
    cluster_id: str


class PurchaseReservedVolumeClusterRequest(VolumeClusterRef):
    """For how much longer the cluster is paid."""

    billing: ClusterBilling


class AutoRenewVolumeClusterRequest(VolumeClusterRef):
    """By how long the cluster renews itself each time."""

    renew_time_unit: str
    renew_time: int


class CancelAutoRenewVolumeClusterRequest(VolumeClusterRef):
    """Which cluster no longer renews itself."""


@operation("PUT /v2/volume/cluster/{clusterId}?purchaseReserved", errors=[NoSuchObject], basis="client")
def purchase_reserved_volume_cluster(
    account: AccountRegion, request: PurchaseReservedVolumeClusterRequest
) -> VolumeClusterOrderResponse:
    """Renew a cluster; one that has expired comes back."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    prolong(account, cluster, months_of(request.billing.reservation))
    return {"orderId": new_order(account)}


@operation("POST /v2/volume/cluster/autoRenew", errors=[NoSuchObject, OperationDenied], basis="client")
def auto_renew_volume_cluster(account: AccountRegion, request: AutoRenewVolumeClusterRequest) -> None:
    """Have a cluster renew itself from now on."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    months = renewal_months(request.renew_time, request.renew_time_unit)
    account.check(cluster, "set_auto_renew")
    cluster.auto_renew_months = months


@operation("POST /v2/volume/cluster/cancelAutoRenew", errors=[NoSuchObject], basis="client")
def cancel_auto_renew_volume_cluster(account: AccountRegion, request: CancelAutoRenewVolumeClusterRequest) -> None:
    """Let a cluster expire when its time has come."""
    account.get(VolumeCluster, request.cluster_id).auto_renew_months = 0
