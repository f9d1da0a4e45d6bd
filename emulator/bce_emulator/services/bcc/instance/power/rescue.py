"""Start an instance into a system of its own for repairs, and back."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.password import check_rule, decrypt

ERRORS = [NoSuchObject, OperationDenied]


class EnterRescueModeRequest(Model):
    """Which instance to rescue, and the password of the rescue system."""

    client_token: ClientToken = ""
    instance_id: str
    force_stop: bool = False
    password: str


class ExitRescueModeRequest(Model):
    """Which instance has been rescued."""

    client_token: ClientToken = ""
    instance_id: str


class EnterRescueModeResponse(TypedDict):
    """The id of the request, once more."""

    requestId: str


@operation(
    "PUT /v2/instance/rescue/mode/enter",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/ym7tyapli",
    basis="proposed",
)
def enter_rescue_mode(account: AccountRegion, request: EnterRescueModeRequest, call: Call) -> EnterRescueModeResponse:
    """Restart an instance into the rescue system."""
    instance = account.get(Instance, request.instance_id)
    check_rule(_as_typed(request.password, call.credentials.secret_key))
    if instance.in_rescue:
        raise OperationDenied("the instance is in rescue mode")
    account.change(instance, "enter_rescue")
    instance.in_rescue = True
    return {"requestId": call.request_id}


@operation(
    "PUT /v2/instance/rescue/mode/exit",
    errors=ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/ym7tyapli",
    basis="proposed",
)
def exit_rescue_mode(account: AccountRegion, request: ExitRescueModeRequest, call: Call) -> EnterRescueModeResponse:
    """Restart an instance into its own system."""
    instance = account.get(Instance, request.instance_id)
    if not instance.in_rescue:
        raise OperationDenied("the instance is not in rescue mode")
    account.change(instance, "exit_rescue")
    instance.in_rescue = False
    return {"requestId": call.request_id}


def _as_typed(password: str, secret_key: str) -> str:
    """The documentation has every password encrypted, the clients send this one as it is: both are understood."""
    try:
        return decrypt(password, secret_key)
    except BadRequest:
        return password
