"""Put tags on resources of any type, and take them off."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.image.resource import Image, check_custom
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.bcc.tag.related import Tagged, bind_tags, unbind_tags
from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.shared.tags import TagModel

KINDS: dict[str, type[Tagged]] = {
    "bcc": Instance,
    "cds": Volume,
    "image": Image,
    "snapshot": Snapshot,
    "snapshotchain": SnapshotChain,
    "bccri": ReservedInstance,
}
"""The kinds that carry tags, by the type that a request names."""


class TagsByResourceType(Model):
    """Some tags, some resources of one type, and whether what is related to them goes along."""

    resource_type: Literal["bcc", "cds", "image", "snapshot", "snapshotchain", "bccri"]
    resource_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    tags: tuple[TagModel, ...] = ()
    is_relation_tag: bool


class BindInstanceToTagsByResourceTypeRequest(TagsByResourceType):
    """Which tags to put on which resources."""


class UnbindInstanceToTagsByResourceTypeRequest(TagsByResourceType):
    """Which tags to take off which resources."""


@operation(
    "POST /v3/bcc/tag?action=AttachTags",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
)
def bind_instance_to_tags_by_resource_type(
    account: AccountRegion, request: BindInstanceToTagsByResourceTypeRequest
) -> None:
    """Put tags on resources of one type, on all or none."""
    for each in _named(account, request):
        bind_tags(account, each, request.tags, related=request.is_relation_tag)


@operation(
    "POST /v3/bcc/tag?action=DetachTags",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
)
def unbind_instance_to_tags_by_resource_type(
    account: AccountRegion, request: UnbindInstanceToTagsByResourceTypeRequest
) -> None:
    """Take tags off resources of one type, off all or none."""
    for each in _named(account, request):
        unbind_tags(account, each, request.tags, related=request.is_relation_tag)


def _named(account: AccountRegion, request: TagsByResourceType) -> list[Tagged]:
    kind = KINDS[request.resource_type]
    named = [account.get(kind, resource_id, NoSuchObject) for resource_id in request.resource_ids]
    for each in named:
        if isinstance(each, Image):
            check_custom(each)
    return named
