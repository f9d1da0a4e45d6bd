"""Put tags on instances and reserved instances, and take them off."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.hpas.instance.resource import MAX_AT_ONCE, HpasInstance
from bce_emulator.services.hpas.reserved_instance.resource import HpasReservedInstance
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags


class TagsRequest(Model):
    """Some tags, and what of: instances (``hpas``) or reserved instances (``hpasri``)."""

    resource_type: Literal["hpas", "hpasri"]
    resource_ids: tuple[str, ...]
    tags: tuple[TagModel, ...]


@operation("POST /?action=AttachTags", errors=[NoSuchObject], basis="client")
def attach_tags(account: AccountRegion, request: TagsRequest) -> None:
    """Put tags on instances, on all or none; a key that is there already gets the new value."""
    for each in _named(account, request):
        each.tags = with_tags(each.tags, request.tags)


@operation("POST /?action=DetachTags", errors=[NoSuchObject], basis="client")
def detach_tags(account: AccountRegion, request: TagsRequest) -> None:
    """Take tags off instances, off all or none; one that is not there is no error."""
    for each in _named(account, request):
        each.tags = without_tags(each.tags, request.tags)


def _named(account: AccountRegion, request: TagsRequest) -> list[HpasInstance] | list[HpasReservedInstance]:
    if not 1 <= len(request.resource_ids) <= MAX_AT_ONCE or not request.tags:
        raise BadRequest(f"resourceIds names 1 to {MAX_AT_ONCE} resources, and tags one tag at least")
    if request.resource_type == "hpas":
        return [account.get(HpasInstance, each) for each in request.resource_ids]
    return [account.get(HpasReservedInstance, each) for each in request.resource_ids]
