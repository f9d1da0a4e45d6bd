"""Rename reserved instances, move them to another zone, and tag them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.reserved_instance.create import ZONE_SCOPE, check_name, check_offered
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.bcc.reserved_instance.resource import (
    ReservedInstance,
    is_offered,
    reserved_instances_named,
)
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.regions import zones
from bce_emulator.services.shared.tags import TagModel, with_tags, without_tags

MAX_TAGGED = 100


class Change(Model):
    """A reserved instance, and its new zone, or its new name; what is empty stays."""

    reserved_instance_id: str = ""
    zone_name: str = ""
    reserved_instance_name: str = ""
    ehc_cluster_id: str = ""


class ModifyReservedInstancesRequest(Model):
    """The changes, one for each reserved instance."""

    client_token: ClientToken = ""
    reserved_instances: tuple[Change, ...]


class ReservedTagsRequest(Model):
    """Some reserved instances, and some tags."""

    reserved_instance_ids: tuple[str, ...]
    change_tags: tuple[TagModel, ...]


class ChangeOrderView(TypedDict):
    """The order of a change, which is done."""

    reservedInstanceId: str
    orderId: str
    success: bool
    exception: str


class ModifyReservedInstancesResponse(TypedDict):
    """The orders, one for each change."""

    modifyReservedInstanceOrders: list[ChangeOrderView]


@operation(
    "PUT /v2/instance/reserved/modify",
    errors=[RequestInvalid],
    doc="https://cloud.baidu.com/doc/BCC/s/vlhymjtgo",
)
def modify_reserved_instances(
    account: AccountRegion, request: ModifyReservedInstancesRequest
) -> ModifyReservedInstancesResponse:
    """Rename reserved instances or move them to another zone, all or none."""
    changes = {each.reserved_instance_id: each for each in request.reserved_instances}
    found = reserved_instances_named(account, tuple(changes))
    if len(changes) < len(request.reserved_instances):
        raise RequestInvalid("a reserved instance is changed once")
    for each in found:
        _check(account, each, changes[each.id])
    return {"modifyReservedInstanceOrders": [_change(account, each, changes[each.id]) for each in found]}


@operation("PUT /v2/bcc/reserved/tag?bind", errors=[RequestInvalid], basis="client")
def bind_reserved_instance_to_tags(account: AccountRegion, request: ReservedTagsRequest) -> None:
    """Put tags on reserved instances, on all or none."""
    for each in reserved_instances_named(account, request.reserved_instance_ids, MAX_TAGGED):
        each.tags = with_tags(each.tags, request.change_tags)


@operation("PUT /v2/bcc/reserved/tag?unbind", errors=[RequestInvalid], basis="client")
def unbind_reserved_instance_from_tags(account: AccountRegion, request: ReservedTagsRequest) -> None:
    """Take tags off reserved instances, off all or none."""
    for each in reserved_instances_named(account, request.reserved_instance_ids, MAX_TAGGED):
        each.tags = without_tags(each.tags, request.change_tags)


def _check(account: AccountRegion, reserved: ReservedInstance, change: Change) -> None:
    if not (change.zone_name or change.reserved_instance_name or change.ehc_cluster_id):
        raise RequestInvalid(f"there is nothing to change of {reserved.id}")
    if change.zone_name and change.reserved_instance_name:
        raise RequestInvalid("zoneName and reservedInstanceName exclude each other")
    if change.reserved_instance_name:
        check_name(change.reserved_instance_name)
    if change.zone_name:
        check_offered("zoneName", change.zone_name, zones(account.region))
        account.check(reserved, "change_zone")
        if reserved.scope != ZONE_SCOPE or is_offered(account, reserved):
            raise RequestInvalid(f"{reserved.id} is for the whole region, or offered to another account")


def _change(account: AccountRegion, reserved: ReservedInstance, change: Change) -> ChangeOrderView:
    reserved.name = change.reserved_instance_name or reserved.name
    reserved.zone = change.zone_name or reserved.zone
    reserved.ehc_cluster_id = change.ehc_cluster_id or reserved.ehc_cluster_id
    return {"reservedInstanceId": reserved.id, "orderId": new_order(account), "success": True, "exception": ""}
