"""Make images: of an instance, of a snapshot of a system disk, or from a file in object storage."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from emulator.engine.accounts import Account
from emulator.engine.errors import NoSuchObject, QualifyNotPass
from emulator.engine.http import Json
from emulator.engine.models import ClientToken, Model
from emulator.engine.operations import operation
from emulator.services.bcc import offers
from emulator.services.bcc.facts import require_real_name
from emulator.services.bcc.image.resource import (
    CREATING,
    NO_IMAGE,
    Image,
    ImageIdIsEmpty,
    ImageNameInvalid,
    ImageQuotaExceedLimit,
    check_name,
    check_quota,
    like,
)
from emulator.services.bcc.instance.resource import ImageInstanceStatusForbidden, Instance
from emulator.services.bcc.volume.resource import Volume

LEAST_GB = {"linux": 20, "windows": 40}
"""The smallest system disk that an imported system fits on."""

Filled = Annotated[str, Field(min_length=1)]


class CreateImageRequest(Model):
    """What to make an image of; the instance is taken if a snapshot is named too."""

    client_token: ClientToken = ""
    image_name: str
    instance_id: str = ""
    snapshot_id: str = ""
    encrypt_key: str = ""
    relate_cds: bool = False
    detection: bool = False


class ImportImageRequest(Model):
    """Where the file is, and what is in it."""

    client_token: ClientToken = ""
    name: str
    os_name: Filled
    os_arch: Filled
    os_type: Literal["linux", "windows"]
    os_version: Filled
    bos_url: Filled
    detection: bool = False
    generation_type: Literal["BCC", "EBC"] = "BCC"


@operation(
    "POST /v2/image",
    errors=[
        QualifyNotPass,
        ImageNameInvalid,
        ImageIdIsEmpty,
        NoSuchObject,
        ImageInstanceStatusForbidden,
        ImageQuotaExceedLimit,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/jjwvynviw",
)
def create_image(account: Account, request: CreateImageRequest) -> Json:
    """Make an image of an instance or of a snapshot of its system disk."""
    require_real_name(account)
    check_name(request.image_name)
    if not request.instance_id:
        raise ImageIdIsEmpty("neither instanceId nor snapshotId is given")
    instance = account.get(Instance, request.instance_id)
    account.check(instance, "create_image")
    check_quota(account)
    image = _make(account, "create", instance_source(account, instance), request)
    account.change(instance, "create_image")
    return {"imageId": image.id, "cdsSnapshotIds": []}


@operation(
    "POST /v2/image/import",
    errors=[QualifyNotPass, ImageNameInvalid, ImageQuotaExceedLimit],
    doc="https://cloud.baidu.com/doc/BCC/index.html",
    basis="client",
)
def import_image(account: Account, request: ImportImageRequest) -> Json:
    """Make an image from a file; the file is not looked at."""
    require_real_name(account)
    check_name(request.name)
    check_quota(account)
    image = Image(
        id=account.new_id(Image),
        state=CREATING,
        type="EbcCustom" if request.generation_type == "EBC" else "Custom",
        name=request.name,
        os_name=request.os_name,
        os_version=request.os_version,
        os_arch=request.os_arch,
        os_type=request.os_type,
        min_disk_gb=LEAST_GB[request.os_type],
    )
    account.add(image)
    account.change(image, "import")
    return {"id": image.id}


def custom_type(instance: Instance) -> str:
    """The type of the images that are made of an instance."""
    spec = offers.specs().get(instance.spec)
    if spec is not None and spec.product == "ebc":
        return "EbcCustom"
    return "GpuBccCustom" if instance.gpu_card else "Custom"
