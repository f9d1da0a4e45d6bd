"""The EHC cluster that new instances are put into."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster

DEFAULT_NAME = "default"


def check_cluster(account: AccountRegion, cluster_id: str, zone: str) -> None:
    """Refuse a cluster that is not there, or is in another zone; none at all is good."""
    if cluster_id and (cluster := account.get(EhcCluster, cluster_id)).zone != zone:
        raise BadRequest(f"the EHC cluster is in {cluster.zone}, not in {zone}")


def default_cluster(account: AccountRegion, zone: str) -> EhcCluster:
    """The cluster of a zone for instances that need one and name none; it is made when it is needed first."""
    for cluster in account.where(EhcCluster, "zone", zone):
        if cluster.is_default:
            return cluster
    return account.add(EhcCluster(id=account.new_id(EhcCluster), name=DEFAULT_NAME, zone=zone, is_default=True))
