"""Give servers another operating system, and perhaps another RAID."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.image.resource import ServerImage
from bce_emulator.services.bbc.instance.create import root_size
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.offerings import flavor_ordered, raid_ordered
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.shared.password import check_password

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
ERRORS = [NoSuchObject, OperationDenied]
MAX_AT_ONCE = 100


class Rebuild(Model):
    """The image to start from, and the RAID and the root partition, which stay as they are while data is preserved."""

    admin_pass: str = ""
    is_preserve_data: bool = False
    raid_id: str = ""
    sys_root_size: Annotated[int, Field(ge=0)] = 0
    root_partition_type: str = ""
    data_partition_type: str = ""


class RebuildInstanceRequest(Rebuild):
    """Which server to rebuild."""

    instance_id: str
    image_id: str


class BatchRebuildInstancesRequest(Rebuild):
    """Which servers to rebuild, all from one image."""

    instance_ids: Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)] = ()
    image_id: str = ""


class RebuiltView(TypedDict):
    """What became of some servers: no code and no message if they are being rebuilt."""

    instanceIds: list[str]
    code: str
    errMsg: str


class BatchRebuildInstancesResponse(TypedDict):
    """What became of the servers."""

    result: list[RebuiltView]


@operation("PUT /v1/instance/{instanceId}?rebuild", errors=ERRORS, doc=DOC)
def rebuild_instance(account: AccountRegion, request: RebuildInstanceRequest, call: Call) -> None:
    """Rebuild a server from an image; what was on its system disk is lost, and other data unless it is preserved."""
    server = account.get(Server, request.instance_id)
    image = _image(account, request, request.image_id, call)
    raid_id, root_gb = _check(account, server, image, request)
    _rebuild(account, server, image, raid_id, root_gb)


@operation("PUT /v1/instance/batchRebuild", errors=ERRORS, basis="client")
def batch_rebuild_instances(
    account: AccountRegion, request: BatchRebuildInstancesRequest, call: Call
) -> BatchRebuildInstancesResponse:
    """Rebuild servers from one image, each that can be."""
    servers = [account.get(Server, server_id) for server_id in dict.fromkeys(request.instance_ids)]
    image = _image(account, request, request.image_id, call)
    if not servers:
        raise BadRequest("instanceIds names no server")
    result: list[RebuiltView] = []
    for server in servers:
        try:
            raid_id, root_gb = _check(account, server, image, request)
        except ApiError as error:
            result.append({"instanceIds": [server.id], "code": error.code, "errMsg": error.text})
        else:
            _rebuild(account, server, image, raid_id, root_gb)
            result.append({"instanceIds": [server.id], "code": "", "errMsg": ""})
    return {"result": result}


def _image(account: AccountRegion, request: Rebuild, image_id: str, call: Call) -> ServerImage:
    image = account.get(ServerImage, image_id)
    account.check(image, "use")
    if request.admin_pass:
        check_password(request.admin_pass, call.credentials.secret_key)
    return image


def _check(account: AccountRegion, server: Server, image: ServerImage, request: Rebuild) -> tuple[str, int]:
    """The RAID and the GB of the root partition afterwards, or a refusal."""
    account.check(server, "rebuild")
    raid = raid_ordered(flavor_ordered(server.flavor_id), server.raid_id)
    if request.is_preserve_data:
        return raid.id, root_size(server.root_gb, raid, image)
    if not request.raid_id:
        raise BadRequest("raidId is needed unless data is preserved")
    raid = raid_ordered(flavor_ordered(server.flavor_id), request.raid_id)
    return raid.id, root_size(request.sys_root_size, raid, image)


def _rebuild(account: AccountRegion, server: Server, image: ServerImage, raid_id: str, root_gb: int) -> None:
    account.change(server, "rebuild")
    note(account, "RebuildInstance", server.id)
    server.os = image.os
    server.image_id, server.raid_id, server.root_gb = image.id, raid_id, root_gb
