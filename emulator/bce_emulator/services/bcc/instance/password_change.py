"""Give an instance another password."""

from __future__ import annotations

from bce_emulator.engine.accounts import Account
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.engine.http import Json
from bce_emulator.engine.models import Model
from bce_emulator.engine.operations import Call, operation
from bce_emulator.services.bcc.answers import accepted
from bce_emulator.services.bcc.instance.password import check_password
from bce_emulator.services.bcc.instance.resource import Instance, PasswordOperationForbidden


class ModifyInstancePasswordRequest(Model):
    """The new password, encrypted."""

    instance_id: str
    admin_pass: str


@operation(
    "PUT /v2/instance/{instanceId}?changePass",
    errors=[NoSuchObject, PasswordOperationForbidden],
    doc="https://cloud.baidu.com/doc/BCC/s/rjwvyob9o",
)
def modify_instance_password(account: Account, request: ModifyInstancePasswordRequest, call: Call) -> Json:
    """Change the password of an instance; one that runs restarts."""
    instance = account.get(Instance, request.instance_id)
    check_password(request.admin_pass, call.credentials.secret_key)
    account.change(instance, "change_password")
    return accepted(call)
