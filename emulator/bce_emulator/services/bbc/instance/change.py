"""Change what a server is called, what is said of it, its password and its tags."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.password import check_password
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
ERRORS = [NoSuchObject, OperationDenied]
MAX_DESC = 200


class ModifyInstanceNameRequest(Model):
    """The new name."""

    instance_id: str
    name: str


class ModifyInstanceDescRequest(Model):
    """The new description, which may be empty."""

    client_token: ClientToken = ""
    instance_id: str
    desc: Annotated[str, Field(max_length=MAX_DESC)]


class ModifyInstancePasswordRequest(Model):
    """The new password, encrypted."""

    instance_id: str
    admin_pass: str


class ChangeTagsRequest(Model):
    """Which tags of which server."""

    instance_id: str
    change_tags: tuple[TagModel, ...]


@operation("PUT /v1/instance/{instanceId}?rename", errors=ERRORS, doc=DOC)
def modify_instance_name(account: AccountRegion, request: ModifyInstanceNameRequest) -> None:
    """Rename a server."""
    server = account.get(Server, request.instance_id)
    if not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    account.check(server, "rename")
    server.name = request.name
    note(account, "ModifyInstanceName", request.instance_id)


@operation("PUT /v1/instance/{instanceId}?updateDesc", errors=ERRORS, doc=DOC)
def modify_instance_desc(account: AccountRegion, request: ModifyInstanceDescRequest) -> None:
    """Change the description of a server."""
    server = account.get(Server, request.instance_id)
    account.check(server, "rename")
    server.desc = request.desc
    note(account, "ModifyInstanceDesc", request.instance_id)


@operation("PUT /v1/instance/{instanceId}?changePass", errors=ERRORS, doc=DOC)
def modify_instance_password(account: AccountRegion, request: ModifyInstancePasswordRequest, call: Call) -> None:
    """Change the password of a server; one that runs restarts."""
    server = account.get(Server, request.instance_id)
    check_password(request.admin_pass, call.credentials.secret_key)
    account.change(server, "change_password")
    note(account, "ModifyInstancePassword", request.instance_id)


@operation("PUT /v1/instance/{instanceId}/tag?bind", errors=[NoSuchObject], doc=DOC)
def bind_tags(account: AccountRegion, request: ChangeTagsRequest) -> None:
    """Put tags on a server; a key that it has already gets the new value."""
    server = account.get(Server, request.instance_id)
    server.tags = with_tags(server.tags, request.change_tags)
    note(account, "BindTags", request.instance_id)


@operation("PUT /v1/instance/{instanceId}/tag?unbind", errors=[NoSuchObject], doc=DOC)
def unbind_tags(account: AccountRegion, request: ChangeTagsRequest) -> None:
    """Take tags off a server; one that it does not have is no error."""
    server = account.get(Server, request.instance_id)
    server.tags = without_tags(server.tags, request.change_tags)
    note(account, "UnbindTags", request.instance_id)
