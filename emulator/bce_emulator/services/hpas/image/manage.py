"""Rename and delete images."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import check_name
from bce_emulator.services.hpas.image.resource import HpasImage
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageNameInvalid,
    UnCustomImageCannotBeDeleted,
)

MAX_AT_ONCE = 100


class ModifyImageAttributeRequest(Model):
    """The new name of an image."""

    image_id: str
    image_name: str


class DeleteImagesRequest(Model):
    """Which images to delete."""

    image_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_AT_ONCE)]


@operation(
    "POST /?action=ModifyImageAttribute", errors=[NoSuchObject, ImageNameInvalid, OperationDenied], basis="client"
)
def modify_image_attribute(
    account: AccountRegion, request: ModifyImageAttributeRequest, call: Call
) -> RequestIdResponse:
    """Rename an image of the account's own."""
    image = account.get(HpasImage, request.image_id)
    check_name(request.image_name)
    if not image.is_custom:
        raise OperationDenied(f"{image.id} is of the type {image.type}, not an image of the account's own")
    image.name = request.image_name
    return done(call)


@operation(
    "POST /?action=DeleteImages",
    errors=[NoSuchObject, UnCustomImageCannotBeDeleted, CreatingImageCannotBeDeleted],
    basis="client",
)
def delete_images(account: AccountRegion, request: DeleteImagesRequest, call: Call) -> RequestIdResponse:
    """Delete images of the account's own, all or none; instances that were made from one stay."""
    images = [account.get(HpasImage, each) for each in dict.fromkeys(request.image_ids)]
    for image in images:
        if not image.is_custom:
            raise UnCustomImageCannotBeDeleted
        account.check(image, "delete")
    for image in images:
        account.change(image, "delete")
    return done(call)
