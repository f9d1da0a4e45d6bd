"""The end of what was paid for: a cluster renews itself, or expires, is kept for a while and then gone."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared.term import ends_with_its_term

ends_with_its_term(VolumeCluster)


@when_gone(VolumeCluster)
def leave_volume_cluster(account: AccountRegion, cluster: VolumeCluster) -> None:
    """Volumes outlive their cluster."""
    for volume in account.where(Volume, "cluster_id", cluster.id):
        volume.cluster_id = ""
