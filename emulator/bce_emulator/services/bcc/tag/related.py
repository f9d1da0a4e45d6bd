"""What tags are carried on to, if a request asks for that. https://cloud.baidu.com/doc/BCC/s/fkck9ofqy"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags

Tagged = Instance | Volume | Image | Snapshot | SnapshotChain | ReservedInstance


def bind_tags(account: AccountRegion, resource: Tagged, tags: tuple[TagModel, ...], *, related: bool) -> None:
    """Put tags on a resource, and on what is related to it; a key that is there has the new value."""
    for each in _with_related(account, resource) if related else (resource,):
        each.tags = with_tags(each.tags, tags)


def unbind_tags(account: AccountRegion, resource: Tagged, tags: tuple[TagModel, ...], *, related: bool) -> None:
    """Take tags off a resource, and off what is related to it; one that is not there is no error."""
    for each in _with_related(account, resource) if related else (resource,):
        each.tags = without_tags(each.tags, tags)


def _with_related(account: AccountRegion, resource: Tagged) -> list[Tagged]:
    """The disks of an instance, the chain and the snapshots of a disk, the snapshots in a chain or in an image."""
    related: list[Tagged] = []
    if isinstance(resource, Instance):
        for disk in account.where(Volume, "instance_id", resource.id):
            related += _with_related(account, disk)
    elif isinstance(resource, Volume):
        related += account.where(SnapshotChain, "volume_id", resource.id)
        related += account.where(Snapshot, "volume_id", resource.id)
    elif isinstance(resource, SnapshotChain):
        related += account.where(Snapshot, "volume_id", resource.volume_id)
    elif isinstance(resource, Image):
        snapshots = (account.find(Snapshot, snapshot_id) for snapshot_id in resource.snapshot_ids)
        related += [snapshot for snapshot in snapshots if snapshot is not None]
    return [resource, *related]
