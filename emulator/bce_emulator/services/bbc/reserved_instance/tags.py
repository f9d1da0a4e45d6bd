"""Put tags on reserved instances, and take them off. They are those of BCC: bare metal has no call that makes one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.shared.reserved_instances import reserved_instances
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags

MAX_AT_ONCE = 100


class ReservedTagsRequest(Model):
    """Some reserved instances, and some tags."""

    reserved_instance_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_AT_ONCE)]
    change_tags: tuple[TagModel, ...] = ()


@operation("PUT /v2/bbc/reserved/tag?bind", errors=[NoSuchObject], basis="client")
def bind_reserved_instance_to_tags(account: AccountRegion, request: ReservedTagsRequest) -> None:
    """Put tags on reserved instances, on all or none."""
    for each in _named(account, request):
        each.tags = with_tags(each.tags, request.change_tags)


@operation("PUT /v2/bbc/reserved/tag?unbind", errors=[NoSuchObject], basis="client")
def unbind_reserved_instance_from_tags(account: AccountRegion, request: ReservedTagsRequest) -> None:
    """Take tags off reserved instances, off all or none; one that is not there is no error."""
    for each in _named(account, request):
        each.tags = without_tags(each.tags, request.change_tags)


def _named(account: AccountRegion, request: ReservedTagsRequest) -> list[Any]:
    kind = reserved_instances()
    return [account.get(kind, each, NoSuchObject) for each in dict.fromkeys(request.reserved_instance_ids)]
