"""Rename reserved instances, and move them to another zone and EHC cluster."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.ehc_cluster.placement import check_cluster, default_cluster
from bce_emulator.services.hpas.reserved_instance.resource import HpasReservedInstance, reserved_instances_named
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.shared.names import NAME_RULE, is_name
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.regions import zones

ERRORS = [NoSuchObject, OperationDenied]


class ModifyReservedInstancesNameRequest(Model):
    """The new name of some reserved instances."""

    reserved_instance_ids: tuple[str, ...]
    name: str


class Place(Model):
    """Where a reserved instance is from now on; a zone without a cluster means its default one."""

    reserved_instance_id: str
    zone_name: str = ""
    ehc_cluster_id: str = ""


class ModifyReservedInstancesRequest(Model):
    """The new places."""

    reserved_instances: tuple[Place, ...]


class HpasChangeOrderView(TypedDict):
    """The order of a change, which is done."""

    reservedInstanceId: str
    orderId: str


class ModifyReservedInstancesResponse(TypedDict):
    """The orders, one for each change."""

    modifyReservedInstanceOrders: list[HpasChangeOrderView]


@operation("PUT /?action=ModifyReservedInstancesName", errors=ERRORS, basis="client")
def modify_reserved_instances_name(
    account: AccountRegion, request: ModifyReservedInstancesNameRequest, call: Call
) -> RequestIdResponse:
    """Rename reserved instances, all or none."""
    found = reserved_instances_named(account, request.reserved_instance_ids)
    if not is_name(request.name):
        raise BadRequest(f"name is {NAME_RULE}")
    for each in found:
        each.name = request.name
    return done(call)


@operation("POST /?action=ModifyReservedInstances", errors=ERRORS, basis="client")
def modify_reserved_instances(
    account: AccountRegion, request: ModifyReservedInstancesRequest
) -> ModifyReservedInstancesResponse:
    """Move reserved instances to another zone or EHC cluster, all or none."""
    places = {each.reserved_instance_id: each for each in request.reserved_instances}
    found = reserved_instances_named(account, tuple(places))
    for each in found:
        _check(account, each, places[each.id])
    return {"modifyReservedInstanceOrders": [_move(account, each, places[each.id]) for each in found]}


def _check(account: AccountRegion, reserved: HpasReservedInstance, place: Place) -> None:
    zone = place.zone_name or reserved.zone
    check_cluster(account, place.ehc_cluster_id, zone)
    if zone not in zones(account.region):
        raise BadRequest(not_offered("zoneName", zone, zones(account.region)))
    if not place.zone_name and not place.ehc_cluster_id:
        raise BadRequest(f"there is nothing to change of {reserved.id}")


def _move(account: AccountRegion, reserved: HpasReservedInstance, place: Place) -> HpasChangeOrderView:
    zone = place.zone_name or reserved.zone
    if place.ehc_cluster_id:
        reserved.ehc_cluster_id = place.ehc_cluster_id
    elif zone != reserved.zone:
        reserved.ehc_cluster_id = default_cluster(account, zone).id
    reserved.zone = zone
    return {"reservedInstanceId": reserved.id, "orderId": new_order(account)}
