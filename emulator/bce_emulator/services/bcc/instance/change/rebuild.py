"""Give an instance another operating system."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.declare.models import ClientToken
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.access.login import Login, check_login, ways
from bce_emulator.services.bcc.instance.lifecycle import STOPPED
from bce_emulator.services.bcc.instance.power.batch import InstanceIds, change_all, instances_named
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.resource import SYSTEM, Volume

ERRORS = [NoSuchObject, OperationDenied]


class Rebuild(Login):
    """The image to start from, and how to log in afterwards: a password, a keypair, or as the image has it."""

    image_id: str
    is_open_host_eye: bool = True
    is_preserve_data: bool = False
    sys_root_size: Annotated[int, Field(ge=0)] = 0
    user_data: str = ""
    use_last_user_data: bool = False
    clean_last_user_data: bool = False


class RebuildInstanceRequest(Rebuild):
    """Which instance to rebuild."""

    instance_id: str


class RebuildBatchInstanceRequest(Rebuild):
    """Which instances to rebuild, all from one image."""

    client_token: ClientToken = ""
    instance_ids: InstanceIds


@operation("PUT /v2/instance/{instanceId}?rebuild", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/1jwvyoaw8")
def rebuild_instance(account: AccountRegion, request: RebuildInstanceRequest, call: Call) -> None:
    """Rebuild an instance from an image; what was on its system disk is lost."""
    _rebuild(account, [account.get(Instance, request.instance_id)], request, call.credentials)


@operation("PUT /v2/instance/rebuild", errors=ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Fk48bhw50")
def rebuild_batch_instance(account: AccountRegion, request: RebuildBatchInstanceRequest, call: Call) -> None:
    """Rebuild instances from one image, all or none."""
    _rebuild(account, instances_named(account, request.instance_ids), request, call.credentials)


def _rebuild(account: AccountRegion, instances: list[Instance], request: Rebuild, credentials: Credentials) -> None:
    image = account.get(Image, request.image_id)
    account.check(image, "use")
    check_login(account, request, image, credentials)
    if not ways(request):
        raise BadRequest("a rebuild needs adminPass, keypairId or keepImageLogin")
    for instance in instances:
        _check_instance(account, instance, image)
    change_all(account, instances, "rebuild")
    for instance in instances:
        instance.image_id, instance.os = image.id, image.os
        instance.keypair_id = request.keypair_id
        instance.in_rescue = False
        if request.user_data or request.clean_last_user_data:
            instance.user_data = request.user_data


def _check_instance(account: AccountRegion, instance: Instance, image: Image) -> None:
    spec = offerings.specs().get(instance.spec)
    if spec is not None and spec.product == "ebc" and instance.state == STOPPED:
        raise OperationDenied("a stopped instance of a bare-metal spec cannot be rebuilt")
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.type == SYSTEM and volume.size_gb < image.min_disk_gb:
            raise BadRequest(f"the image needs a system disk of {image.min_disk_gb} GB")
