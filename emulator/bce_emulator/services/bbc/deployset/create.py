"""Create and delete deploy sets of servers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bbc.deployset.resource import DEPLOY_SETS, ServerDeploySet
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.standing import require_real_name

STRATEGIES = ("HOST_HA", "RACK_HA", "TOR_HA")
MAX_DESC = 200


class CreateDeploySetRequest(Model):
    """What to keep apart, however its case, how many servers may share one place, a name and a description."""

    client_token: ClientToken = ""
    strategy: str
    concurrency: Annotated[int, Field(ge=1, le=5)]
    name: str = ""
    desc: Annotated[str, Field(max_length=MAX_DESC)] = ""


class DeleteDeploySetRequest(Model):
    """Which deploy set to delete."""

    deploy_set_id: str


class CreateDeploySetResponse(TypedDict):
    """The deploy set that was made."""

    deploySetId: str


@operation("POST /v1/deployset", errors=[QualifyNotPass, QuotaLimitExceeded], basis="client")
def create_deploy_set(account: AccountRegion, request: CreateDeploySetRequest) -> CreateDeploySetResponse:
    """Create a deploy set; without a name it is called deployset and eight letters."""
    require_real_name(account)
    if request.strategy.upper() not in STRATEGIES:
        raise BadRequest(f"strategy is one of {', '.join(STRATEGIES)}")
    if request.name and not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    most = account.setting(DEPLOY_SETS)
    if len(account.collection(ServerDeploySet)) >= most:
        raise QuotaLimitExceeded(f"there are {most} deploy sets: {DEPLOY_SETS.name}")
    deploy_set = account.add(
        ServerDeploySet(
            id=account.new_id(ServerDeploySet),
            name=request.name or f"deployset-{account.new_text('name', 'lower')[:8]}",
            desc=request.desc,
            strategy=request.strategy.upper(),
            concurrency=request.concurrency,
        )
    )
    return {"deploySetId": deploy_set.id}


@operation("DELETE /v1/deployset/{deploySetId}", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_deploy_set(account: AccountRegion, request: DeleteDeploySetRequest) -> None:
    """Delete a deploy set that no server is in."""
    deploy_set = account.get(ServerDeploySet, request.deploy_set_id)
    if servers := account.dependents(deploy_set):
        raise OperationDenied(f"servers are in the deploy set: {named(servers)}")
    account.remove(deploy_set)
