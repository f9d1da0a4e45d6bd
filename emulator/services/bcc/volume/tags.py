"""Tags of volumes."""

from __future__ import annotations

from emulator.engine.accounts import Account
from emulator.engine.errors import NoSuchObject
from emulator.engine.models import ClientToken, Model
from emulator.engine.operations import operation
from emulator.services.bcc.tags import TagModel, with_tags, without_tags
from emulator.services.bcc.volume.resource import Volume

DOC = "https://cloud.baidu.com/doc/BCC/index.html"


class BindTagVolumeRequest(Model):
    """Which volume, and which tags."""

    client_token: ClientToken = ""
    volume_id: str
    change_tags: tuple[TagModel, ...]
    relation_tag: bool = False


class UnbindTagVolumeRequest(BindTagVolumeRequest):
    """Which volume, and which tags to take from it."""


@operation("PUT /v2/volume/{volumeId}/tag?bind", errors=[NoSuchObject], doc=DOC, basis="client")
def bind_tag_volume(account: Account, request: BindTagVolumeRequest) -> None:
    """Give a volume tags."""
    volume = account.get(Volume, request.volume_id)
    volume.tags = with_tags(volume.tags, request.change_tags)


@operation("PUT /v2/volume/{volumeId}/tag?unbind", errors=[NoSuchObject], doc=DOC, basis="client")
def unbind_tag_volume(account: Account, request: UnbindTagVolumeRequest) -> None:
    """Take tags from a volume."""
    volume = account.get(Volume, request.volume_id)
    volume.tags = without_tags(volume.tags, request.change_tags)
