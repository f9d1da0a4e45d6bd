"""Look into an instance: its console, and the data it was given."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.names import dashed


class GetInstanceVncRequest(Model):
    """Whose console to open."""

    instance_id: str


class GetInstanceUserDataInfoRequest(Model):
    """Whose data to show."""

    instance_id: str


class GetInstanceVncResponse(TypedDict):
    """Where the console would be."""

    vncUrl: str


class GetInstanceUserDataInfoResponse(TypedDict):
    """The user data as it was given."""

    userData: str
    instanceId: str


@operation(
    "GET /v2/instance/{instanceId}/vnc",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Gjwvyodal",
)
def get_instance_vnc(account: AccountRegion, request: GetInstanceVncRequest, call: Call) -> GetInstanceVncResponse:
    """Give an address, a new one each time, at which the console of an instance would be."""
    account.change(account.get(Instance, request.instance_id), "show_console")
    token = dashed(account.new_text("console", "hex32"))
    return {"vncUrl": f"http://{call.host}/vnc_auto.html?token={token}"}


@operation(
    "POST /v2/instance/attribute/getUserdata",
    errors=[NoSuchObject],
    basis="client",
)
def get_instance_user_data_info(
    account: AccountRegion, request: GetInstanceUserDataInfoRequest
) -> GetInstanceUserDataInfoResponse:
    """Show the user data of an instance as it was given."""
    instance = account.get(Instance, request.instance_id)
    return {"userData": instance.user_data, "instanceId": instance.id}
