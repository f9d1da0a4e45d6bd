"""Make an image of a server, and delete it."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, QualifyNotPass
from bce_emulator.services.bbc.image.errors import ServerStatusForbidden
from bce_emulator.services.bbc.image.lifecycle import CREATING
from bce_emulator.services.bbc.image.resource import IMAGES, ServerImage, check_name
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.shared.image_errors import (
    CreatingImageCannotBeDeleted,
    ImageHasBeenSharedToOthers,
    ImageIdIsEmpty,
    ImageNameInvalid,
    ImageQuotaExceedLimit,
    UnCustomImageCannotBeDeleted,
)
from bce_emulator.services.shared.images import check_quota
from bce_emulator.services.shared.standing import require_real_name

DOC = "https://cloud.baidu.com/doc/BBC/s/Gjwvxu97d"


class CreateImageFromInstanceIdRequest(Model):
    """What the image is to be called, and the server to make it of."""

    client_token: ClientToken = ""
    image_name: str
    instance_id: str


class DeleteImageRequest(Model):
    """Which image to delete."""

    image_id: str


class CreateImageFromInstanceIdResponse(TypedDict):
    """The image that is being made."""

    imageId: str


@operation(
    "POST /v1/image",
    errors=[
        QualifyNotPass,
        NoSuchObject,
        ImageNameInvalid,
        ImageIdIsEmpty,
        ServerStatusForbidden,
        ImageQuotaExceedLimit,
    ],
    doc=DOC,
)
def create_image_from_instance_id(
    account: AccountRegion, request: CreateImageFromInstanceIdRequest
) -> CreateImageFromInstanceIdResponse:
    """Make an image of a running or stopped server, which stays as it is."""
    require_real_name(account)
    if not request.instance_id:
        raise ImageIdIsEmpty("instanceId is empty")
    server = account.get(Server, request.instance_id)
    check_name(request.image_name)
    account.check(server, "create_image")
    check_quota(account, IMAGES)
    source = server.os
    image = account.add(
        ServerImage(
            id=account.new_id(ServerImage),
            state=CREATING,
            name=request.image_name,
            type="Custom",
            os_name=source.name,
            os_version=source.version,
            os_arch=source.arch,
            os_type=source.type,
            min_disk_gb=server.root_gb,
            flavor_id=server.flavor_id,
        )
    )
    account.change(image, "create")
    note(account, "CreateImageFromInstanceId", image.id)
    return {"imageId": image.id}


@operation(
    "DELETE /v1/image/{imageId}",
    errors=[NoSuchObject, UnCustomImageCannotBeDeleted, CreatingImageCannotBeDeleted, ImageHasBeenSharedToOthers],
    doc=DOC,
)
def delete_image(account: AccountRegion, request: DeleteImageRequest) -> None:
    """Delete a custom image that nobody else can use; servers that were made from it stay."""
    image = account.get(ServerImage, request.image_id)
    if not image.is_custom:
        raise UnCustomImageCannotBeDeleted
    account.check(image, "delete")
    if image.shared_with:
        raise ImageHasBeenSharedToOthers
    account.change(image, "delete")
    note(account, "DeleteImage", image.id)
