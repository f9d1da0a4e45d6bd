"""Tags of volume clusters."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.volume_cluster.resource import VolumeCluster
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags


class BindTagVolumeClusterRequest(Model):
    """Which cluster, and which tags."""

    cluster_id: str
    change_tags: tuple[TagModel, ...]


class UnbindTagVolumeClusterRequest(BindTagVolumeClusterRequest):
    """Which cluster, and which tags to take from it."""


@operation("PUT /v2/volume/cluster/{clusterId}/tag?bind", errors=[NoSuchObject], basis="client")
def bind_tag_volume_cluster(account: AccountRegion, request: BindTagVolumeClusterRequest) -> None:
    """Give a cluster tags."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    cluster.tags = with_tags(cluster.tags, request.change_tags)


@operation("PUT /v2/volume/cluster/{clusterId}/tag?unbind", errors=[NoSuchObject], basis="client")
def unbind_tag_volume_cluster(account: AccountRegion, request: UnbindTagVolumeClusterRequest) -> None:
    """Take tags from a cluster."""
    cluster = account.get(VolumeCluster, request.cluster_id)
    cluster.tags = without_tags(cluster.tags, request.change_tags)
