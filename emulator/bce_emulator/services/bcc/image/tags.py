"""Bind tags to an image, and take them off."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image, check_custom
from bce_emulator.services.bcc.tag.related import bind_tags, unbind_tags
from bce_emulator.services.shared.tags import TagModel

ERRORS = [NoSuchObject, OperationDenied]


class ChangeTagsRequest(Model):
    """The image, the tags to bind or to take off, and whether the snapshots in it go along."""

    image_id: str
    change_tags: tuple[TagModel, ...]
    attach_related_resource_tag: bool = False
    client_token: ClientToken = ""


@operation(
    "PUT /v2/image/{imageId}/tag?bind",
    errors=ERRORS,
    basis="proposed",
)
def bind_tag_image(account: AccountRegion, request: ChangeTagsRequest) -> None:
    """Bind tags; a key that was bound before has its new value."""
    image = _own_image(account, request.image_id)
    bind_tags(account, image, request.change_tags, related=request.attach_related_resource_tag)


@operation(
    "PUT /v2/image/{imageId}/tag?unbind",
    errors=ERRORS,
    basis="proposed",
)
def unbind_tag_image(account: AccountRegion, request: ChangeTagsRequest) -> None:
    """Take tags off; one that is not there is no error."""
    image = _own_image(account, request.image_id)
    unbind_tags(account, image, request.change_tags, related=request.attach_related_resource_tag)


def _own_image(account: AccountRegion, image_id: str) -> Image:
    image = account.get(Image, image_id)
    check_custom(image)
    return image
