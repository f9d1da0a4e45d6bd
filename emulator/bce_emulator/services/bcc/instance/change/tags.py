"""Put tags on an instance, and take them off."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.tag.related import bind_tags, unbind_tags
from bce_emulator.services.shared.tags import TagModel


class ChangeInstanceTagsRequest(Model):
    """Which tags of which instance, and whether its disks and their snapshots go along."""

    instance_id: str
    change_tags: tuple[TagModel, ...]
    attach_related_resource_tag: bool = False


class BindInstanceToTagsRequest(ChangeInstanceTagsRequest):
    """Which tags to put on which instance."""


class UnbindInstanceFromTagsRequest(ChangeInstanceTagsRequest):
    """Which tags to take off which instance."""


@operation(
    "PUT /v2/instance/{instanceId}/tag?bind", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BCC/s/fkck9ofqy"
)
def bind_instance_to_tags(account: AccountRegion, request: BindInstanceToTagsRequest) -> None:
    """Put tags on an instance; a key it has already gets the new value."""
    instance = account.get(Instance, request.instance_id)
    bind_tags(account, instance, request.change_tags, related=request.attach_related_resource_tag)


@operation(
    "PUT /v2/instance/{instanceId}/tag?unbind",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/BCC/s/Zkck9qpwf",
)
def unbind_instance_from_tags(account: AccountRegion, request: UnbindInstanceFromTagsRequest) -> None:
    """Take tags off an instance; one that it does not have is no error."""
    instance = account.get(Instance, request.instance_id)
    unbind_tags(account, instance, request.change_tags, related=request.attach_related_resource_tag)
