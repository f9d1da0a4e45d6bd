"""Put instances into deploy sets, and take them out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.deployset.errors import InvalidDeploySetId
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.task.start import start_task


class UpdateDeploySetRelationRequest(Model):
    """An instance, and all the deploy sets it is to be in."""

    client_token: ClientToken = ""
    instance_id: str
    deployset_id_list: tuple[str, ...] = ()


class DeleteInstanceDeploySetRequest(Model):
    """A deploy set, and the instances to take out of it."""

    client_token: ClientToken = ""
    deploy_id: str
    instance_id_list: Annotated[tuple[str, ...], Field(min_length=1)]


class UpdateDeploySetRelationResponse(TypedDict):
    """The task that says how far it is."""

    taskId: str


@operation(
    "POST /v2/instance/deployset/updateRelation",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/1knpyh029",
)
def update_deploy_set_relation(
    account: AccountRegion, request: UpdateDeploySetRelationRequest
) -> UpdateDeploySetRelationResponse:
    """Put an instance into these deploy sets in place of those it is in, and start a task that says so."""
    instance = account.get(Instance, request.instance_id)
    deploy_sets = [account.get(DeploySet, deploy_set_id) for deploy_set_id in request.deployset_id_list]
    instance.deploy_set_ids = tuple(dict.fromkeys(deploy_set.id for deploy_set in deploy_sets))
    return {"taskId": start_task(account, "AttachDeploymentSets", instance.id).id}


@operation(
    "POST /v2/instance/deployset/delRelation",
    errors=[InvalidDeploySetId, NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/Qksyca5ek",
)
def delete_instance_deploy_set(account: AccountRegion, request: DeleteInstanceDeploySetRequest) -> None:
    """Take instances out of a deploy set, all or none."""
    deploy_set = account.get(DeploySet, request.deploy_id, InvalidDeploySetId)
    instances = [account.get(Instance, instance_id) for instance_id in request.instance_id_list]
    if any(deploy_set.id not in instance.deploy_set_ids for instance in instances):
        raise BadRequest("an instance is not in the deploy set")
    for instance in instances:
        instance.deploy_set_ids = tuple(each for each in instance.deploy_set_ids if each != deploy_set.id)
