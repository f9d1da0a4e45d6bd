"""Bind tags to an image, and take them off."""

from __future__ import annotations

from emulator.engine.accounts import Account
from emulator.engine.errors import NoSuchObject, OperationDenied
from emulator.engine.models import ClientToken, Model
from emulator.engine.operations import operation
from emulator.services.bcc.image.manage import check_custom
from emulator.services.bcc.image.resource import Image
from emulator.services.bcc.tags import TagModel, tags_of

ERRORS = [NoSuchObject, OperationDenied]


class ChangeTagsRequest(Model):
    """The image, and the tags to bind or to take off."""

    image_id: str
    change_tags: tuple[TagModel, ...]
    client_token: ClientToken = ""


@operation(
    "PUT /v2/image/{imageId}/tag?bind",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/index.html",
    basis="proposed",
)
def bind_tag_image(account: Account, request: ChangeTagsRequest) -> None:
    """Bind tags; a key that was bound before has its new value."""
    image = _own_image(account, request.image_id)
    new = {tag.key: tag for tag in tags_of(request.change_tags)}
    image.tags = tuple(({tag.key: tag for tag in image.tags} | new).values())


@operation(
    "PUT /v2/image/{imageId}/tag?unbind",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/index.html",
    basis="proposed",
)
def unbind_tag_image(account: Account, request: ChangeTagsRequest) -> None:
    """Take tags off; one that is not there is no mistake."""
    image = _own_image(account, request.image_id)
    gone = tags_of(request.change_tags)
    image.tags = tuple(tag for tag in image.tags if tag not in gone)


def _own_image(account: Account, image_id: str) -> Image:
    image = account.get(Image, image_id)
    check_custom(image)
    return image
