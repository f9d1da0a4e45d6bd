"""Make an image of an instance."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.image.resource import check_name
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume
from bce_emulator.services.hpas.image.lifecycle import CREATING
from bce_emulator.services.hpas.image.resource import CUSTOM, IMAGES, HpasImage
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.shared.image_errors import ImageNameInvalid, ImageQuotaExceedLimit
from bce_emulator.services.shared.images import check_quota
from bce_emulator.services.shared.standing import require_real_name


class CreateImageRequest(Model):
    """The instance to make the image of, and what the image is to be called."""

    hpas_id: str
    image_name: str


class CreateImageResponse(TypedDict):
    """The image that is being made."""

    requestId: str
    imageId: str


@operation(
    "POST /?action=CreateImage",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, ImageNameInvalid, ImageQuotaExceedLimit],
    basis="client",
)
def create_image(account: AccountRegion, request: CreateImageRequest, call: Call) -> CreateImageResponse:
    """Make an image of the system disk of an instance, which stays as it is; it is for the same application."""
    require_real_name(account)
    instance = account.get(HpasInstance, request.hpas_id)
    check_name(request.image_name)
    account.check(instance, "create_image")
    check_quota(account, IMAGES)
    disk = next(each for each in account.where(Volume, "instance_id", instance.id) if each.type == SYSTEM)
    image = account.add(
        HpasImage(
            id=account.new_id(HpasImage),
            state=CREATING,
            name=request.image_name,
            type=CUSTOM,
            app_types=(instance.app_type,),
            size_gb=disk.size_gb,
            min_disk_gb=disk.size_gb,
        )
    )
    account.change(image, "create")
    return {"requestId": call.request_id, "imageId": image.id}
