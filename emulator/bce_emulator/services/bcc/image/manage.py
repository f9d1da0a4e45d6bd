"""Rename and delete images."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image, check_custom, check_name
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageHasBeenSharedToOthers,
    ImageNameInvalid,
    UnCustomImageCannotBeDeleted,
)
from bce_emulator.services.shared.images import received_by

MAX_AT_ONCE = 100


class RenameImageRequest(Model):
    """Which images to rename, one or many, and the name."""

    image_id: str = ""
    image_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()
    name: str


class DeleteImageRequest(Model):
    """Which image to delete."""

    image_id: str


@operation(
    "PUT /v2/image/rename",
    errors=[NoSuchObject, ImageNameInvalid, OperationDenied],
    basis="proposed",
    looks_at_others=True,
)
def rename_image(account: AccountRegion, request: RenameImageRequest) -> None:
    """Rename custom images, for the accounts they are shared with too."""
    check_name(request.name)
    wanted = dict.fromkeys(filter(None, (request.image_id, *request.image_ids)))
    if not wanted:
        raise BadRequest("neither imageId nor imageIds names an image")
    images = [account.get(Image, image_id) for image_id in wanted]
    for image in images:
        check_custom(image)
    for image in images:
        image.name = request.name
        for _, received in received_by(account, Image, image, image.shared_with):
            received.name = request.name


@operation(
    "DELETE /v2/image/{imageId}",
    errors=[NoSuchObject, UnCustomImageCannotBeDeleted, CreatingImageCannotBeDeleted, ImageHasBeenSharedToOthers],
    doc="https://cloud.baidu.com/doc/BCC/s/Sjwvynt2u",
)
def delete_image(account: AccountRegion, request: DeleteImageRequest) -> None:
    """Delete a custom image; instances that were created from it stay."""
    image = account.get(Image, request.image_id)
    if not image.is_custom:
        raise UnCustomImageCannotBeDeleted
    account.check(image, "delete")
    if image.shared_with:
        raise ImageHasBeenSharedToOthers
    account.change(image, "delete")
