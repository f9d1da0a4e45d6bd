"""Give an instance another password."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.instance.errors import PasswordOperationForbidden
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import AcceptedResponse, accepted
from bce_emulator.services.shared.password import check_password


class ModifyInstancePasswordRequest(Model):
    """The new password, encrypted."""

    instance_id: str
    admin_pass: str


@operation(
    "PUT /v2/instance/{instanceId}?changePass",
    errors=[NoSuchObject, PasswordOperationForbidden],
    doc="https://cloud.baidu.com/doc/BCC/s/rjwvyob9o",
)
def modify_instance_password(
    account: AccountRegion, request: ModifyInstancePasswordRequest, call: Call
) -> AcceptedResponse:
    """Change the password of an instance; one that runs restarts."""
    instance = account.get(Instance, request.instance_id)
    check_password(request.admin_pass, call.credentials.secret_key)
    account.change(instance, "change_password")
    return accepted(call)
