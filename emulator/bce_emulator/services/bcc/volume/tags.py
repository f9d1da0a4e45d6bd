"""Tags of volumes."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.tag.related import bind_tags, unbind_tags
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.tags import TagModel


class BindTagVolumeRequest(Model):
    """Which volume, which tags, and whether its snapshots go along."""

    client_token: ClientToken = ""
    volume_id: str
    change_tags: tuple[TagModel, ...]
    relation_tag: bool = False


class UnbindTagVolumeRequest(BindTagVolumeRequest):
    """Which volume, and which tags to take from it."""


@operation("PUT /v2/volume/{volumeId}/tag?bind", errors=[NoSuchObject], basis="client")
def bind_tag_volume(account: AccountRegion, request: BindTagVolumeRequest) -> None:
    """Give a volume tags."""
    volume = account.get(Volume, request.volume_id)
    bind_tags(account, volume, request.change_tags, related=request.relation_tag)


@operation("PUT /v2/volume/{volumeId}/tag?unbind", errors=[NoSuchObject], basis="client")
def unbind_tag_volume(account: AccountRegion, request: UnbindTagVolumeRequest) -> None:
    """Take tags from a volume."""
    volume = account.get(Volume, request.volume_id)
    unbind_tags(account, volume, request.change_tags, related=request.relation_tag)
