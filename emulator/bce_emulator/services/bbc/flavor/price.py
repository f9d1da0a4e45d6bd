"""What servers of a flavor would cost, and how many are left."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bbc.billing import ServerBilling, months_ahead
from bce_emulator.services.bbc.offerings import flavor_ordered
from bce_emulator.services.bbc.prices import price_of_flavor
from bce_emulator.services.bbc.settings import stock
from bce_emulator.services.shared.prices import money
from bce_emulator.services.shared.regions import check_zone, zones

MAX_AT_ONCE = 100


class GetInstancePirceRequest(Model):
    """How many servers of which flavor, and how they would be paid for."""

    flavor_id: str = ""
    purchase_count: Annotated[int, Field(ge=0, le=MAX_AT_ONCE)] = 1
    billing: ServerBilling = ServerBilling()


class GetInstanceCreateStockRequest(Model):
    """Which flavor, and in which zone; without one, in all of them."""

    flavor_id: str = ""
    zone_name: str = ""


class GetInstancePirceResponse(TypedDict):
    """The price in yuan: of the whole term, or of an hour."""

    price: str


class GetInstanceCreateStockResponse(TypedDict):
    """How many servers are left; the capital letter is the API's."""

    flavorId: str
    Count: int


@operation("POST /v1/instance/price", basis="client")
def get_instance_pirce(_account: AccountRegion, request: GetInstancePirceRequest) -> GetInstancePirceResponse:
    """Ask for a price; the spelling is the API's."""
    flavor = flavor_ordered(request.flavor_id)
    months = months_ahead(request.billing)
    return {"price": money(price_of_flavor(flavor, months, request.purchase_count or 1).paid)}


@operation("POST /v1/instance/stock/createInstance", basis="client")
def get_instance_create_stock(
    account: AccountRegion, request: GetInstanceCreateStockRequest
) -> GetInstanceCreateStockResponse:
    """Ask how many servers of a flavor could be created."""
    flavor = flavor_ordered(request.flavor_id)
    check_zone(account.region, request.zone_name)
    asked = [request.zone_name] if request.zone_name else zones(account.region)
    return {"flavorId": flavor.id, "Count": sum(stock(account, zone, flavor.id) for zone in asked)}
