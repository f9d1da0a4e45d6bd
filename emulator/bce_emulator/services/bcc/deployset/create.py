"""Create, change and delete deploy sets."""

from __future__ import annotations

import re
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.deployset.resource import DEPLOY_SETS, DeploySet
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.standing import require_real_name

DESC = re.compile(r"[\u4e00-\u9fffA-Za-z0-9._\-=,，:/。 ]*")
"""What a description may be made of."""


class CreateDeploySetRequest(Model):
    """A name, a description, what to keep apart, and how many instances may share one place."""

    client_token: ClientToken = ""
    name: str = ""
    desc: str = ""
    strategy: Literal["HOST_HA", "RACK_HA", "TOR_HA"] = "HOST_HA"
    concurrency: int = 0


class UpdateDeploySetRequest(Model):
    """Another name, another description, or both."""

    client_token: ClientToken = ""
    deploy_id: str
    name: str = ""
    desc: str | None = None


class DeleteDeploySetRequest(Model):
    """Which deploy set to delete."""

    client_token: ClientToken = ""
    deploy_id: str


class CreateDeploySetResponse(TypedDict):
    """The id of the deploy set, alone in its list."""

    deploySetIds: list[str]


@operation(
    "POST /v2/instance/deployset/create",
    errors=[QualifyNotPass, QuotaLimitExceeded],
    doc="https://cloud.baidu.com/doc/BCC/s/Pkckh1m1q",
)
def create_deploy_set(account: AccountRegion, request: CreateDeploySetRequest) -> CreateDeploySetResponse:
    """Create a deploy set; without a name it is called deployset and eight letters."""
    require_real_name(account)
    check_words(request.name, request.desc)
    if request.concurrency < 0:
        raise BadRequest("concurrency is at least 1")
    most = account.setting(DEPLOY_SETS)
    if len(account.collection(DeploySet)) >= most:
        raise QuotaLimitExceeded(f"there are {most} deploy sets")
    deploy_set = DeploySet(
        id=account.new_id(DeploySet),
        name=request.name or f"deployset-{account.new_text('name', 'lower')[:8]}",
        desc=request.desc,
        strategy=request.strategy,
        concurrency=request.concurrency or 1,
    )
    return {"deploySetIds": [account.add(deploy_set).id]}


@operation(
    "PUT /v2/instance/deployset/{deployId}?modifyAttribute",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/Pkckh1m1q",
)
def update_deploy_set(account: AccountRegion, request: UpdateDeploySetRequest) -> None:
    """Rename a deploy set or describe it anew."""
    deploy_set = account.get(DeploySet, request.deploy_id)
    if not request.name and request.desc is None:
        raise BadRequest("one of name and desc is needed")
    check_words(request.name, request.desc or "")
    deploy_set.name = request.name or deploy_set.name
    deploy_set.desc = deploy_set.desc if request.desc is None else request.desc


@operation(
    "DELETE /v2/instance/deployset/{deployId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/ukckh5wyb",
)
def delete_deploy_set(account: AccountRegion, request: DeleteDeploySetRequest) -> None:
    """Delete a deploy set that no instance is in."""
    deploy_set = account.get(DeploySet, request.deploy_id)
    if account.where(Instance, "deploy_set_ids", deploy_set.id):
        raise OperationDenied("instances are in the deploy set")
    account.remove(deploy_set)


def check_words(name: str, desc: str) -> None:
    """Refuse a name or a description that breaks its rule; the empty text is allowed for both."""
    if name and not is_name(name):
        raise BadRequest(f"name is {NAME_RULE}")
    if not DESC.fullmatch(desc):
        raise BadRequest("desc is made of letters, digits, Chinese characters, blanks and ._-=,:/")
