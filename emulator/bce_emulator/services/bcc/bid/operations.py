"""Instances at a bid: what is on offer, what it costs, order and cancel."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientStr, Model, rephrased
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.engine.steps import Steps
from bce_emulator.services.bcc import offerings, prices
from bce_emulator.services.bcc.bid.errors import BidOrderMissing, BidOrderUnknown
from bce_emulator.services.bcc.bid.resource import BidOrder
from bce_emulator.services.bcc.flavor.list import COMMON_TYPE
from bce_emulator.services.bcc.instance.creation.create import (
    ERRORS,
    CreateInstanceRequest,
    CreateInstanceResponse,
    fulfil,
    hardware_ordered,
    requested_hardware,
)
from bce_emulator.services.bcc.instance.creation.order import (
    MAX_BANDWIDTH,
    SYSTEM_DISK_GB,
    DataDisk,
    Hardware,
    check_order,
)
from bce_emulator.services.shared.billing import Billing
from bce_emulator.services.shared.orders import new_order
from bce_emulator.services.shared.prices import money
from bce_emulator.services.shared.regions import check_zone, zones


class CreateBidInstanceRequest(CreateInstanceRequest):
    """Instances at the market's price, or for no more than a price of one's own by the hour."""

    bid_model: Literal["market", "custom"] = "market"
    bid_price: LenientStr = ""


class ListBidFlavorRequest(Model):
    """Nothing but a token, which lists need not have."""

    client_token: ClientToken = ""


class GetBidInstancePriceRequest(Model):
    """What to price: a machine by its spec or size, with disks and bandwidth, so many times."""

    client_token: ClientToken = ""
    spec: str = ""
    instance_type: str = ""
    cpu_count: int = 0
    memory_gb: Annotated[int, Field(alias="memoryCapacityInGB")] = 0
    zone_name: str = ""
    root_disk_size_in_gb: Annotated[int, Field(ge=0, le=2048)] = 0
    root_disk_storage_type: str = ""
    create_cds_list: tuple[DataDisk, ...] = ()
    network_capacity_in_mbps: Annotated[int, Field(ge=0, le=MAX_BANDWIDTH)] = 0
    purchase_count: Annotated[int, Field(ge=0)] = 1


class CancelBidOrderRequest(Model):
    """Which order is to be fulfilled no more."""

    client_token: ClientToken = ""
    order_id: str = ""


class BidFlavorView(TypedDict):
    """A spec that is sold at a bid."""

    specId: str
    cpuCount: int
    memoryCapacityInGB: int
    productType: str
    spec: str


class BidTypeView(TypedDict):
    """The specs of one type."""

    instanceType: str
    flavors: list[BidFlavorView]


class ZoneBidsView(TypedDict):
    """What a zone sells at a bid."""

    zoneName: str
    bccResources: list[BidTypeView]


class ListBidFlavorResponse(TypedDict):
    """What each zone sells at a bid."""

    zoneResources: list[ZoneBidsView]


class GetBidInstancePriceResponse(TypedDict):
    """Prices by the hour: of all and of each, at the market's price and without a bid."""

    money: str
    count: str
    perMoney: str
    originalMoney: str
    perOriginalMoney: str


class CancelBidOrderResponse(TypedDict):
    """The order that waits no more."""

    orderId: str


@operation("POST /v2/instance/bidFlavor")
def list_bid_flavor(account: AccountRegion, request: ListBidFlavorRequest) -> ListBidFlavorResponse:
    """List the specs that each zone sells at a bid."""
    flavors: list[BidFlavorView] = [
        {
            "specId": spec.spec_id,
            "cpuCount": spec.cpu_count,
            "memoryCapacityInGB": spec.memory_gb,
            "productType": "bidding",
            "spec": spec.spec,
        }
        for spec in offerings.specs().values()
        if spec.is_plain
    ]
    return {
        "zoneResources": [
            {"zoneName": zone, "bccResources": [{"instanceType": COMMON_TYPE, "flavors": flavors}]}
            for zone in zones(account.region)
        ]
    }


@operation("POST /v2/instance/bidPrice")
def get_bid_instance_price(account: AccountRegion, request: GetBidInstancePriceRequest) -> GetBidInstancePriceResponse:
    """Show what instances cost by the hour at the market's price, and without a bid."""
    check_zone(account.region, request.zone_name)
    machine = requested_hardware(request.spec, request.instance_type, request.cpu_count, request.memory_gb)
    count = request.purchase_count or 1
    extras = _extras(request)
    bid, full = _market(machine) + extras, _hour(machine) + extras
    return {
        "money": money(bid * count),
        "count": str(count),
        "perMoney": money(bid),
        "originalMoney": money(full * count),
        "perOriginalMoney": money(full),
    }


@operation("POST /v2/instance/bid", errors=ERRORS, basis="client")
def create_bid_instance(
    account: AccountRegion, request: CreateBidInstanceRequest, call: Call
) -> Steps[CreateInstanceResponse]:
    """Make instances at a bid; an order that bids less than the market waits until it is cancelled."""
    machine = hardware_ordered(request)
    at_a_bid = request.model_copy(update={"billing": rephrased(Billing, {"paymentTiming": "bidding"})})
    bid = _bid(request)
    order = check_order(account, at_a_bid, machine, call.credentials)
    if bid is None or bid >= _market(machine):
        return (yield from fulfil(account, order))
    waiting = BidOrder(id=new_order(account), spec=machine.spec, bid=str(bid), count=order.count)
    return {"instanceIds": [], "warningList": [], "orderId": account.add(waiting).id}


@operation("POST /v2/instance/cancelBidOrder", errors=[BidOrderMissing, BidOrderUnknown])
def cancel_bid_order(account: AccountRegion, request: CancelBidOrderRequest) -> CancelBidOrderResponse:
    """Cancel an order that still waits."""
    if not request.order_id:
        raise BidOrderMissing
    account.remove(account.get(BidOrder, request.order_id, BidOrderUnknown))
    return {"orderId": request.order_id}


def _bid(request: CreateBidInstanceRequest) -> Decimal | None:
    """The price that is offered; None is the market's own."""
    if request.bid_model == "market":
        return None
    try:
        bid = Decimal(request.bid_price)
    except InvalidOperation:
        bid = Decimal(0)
    if not bid.is_finite() or bid <= 0:
        raise BadRequest("bidPrice is a price by the hour")
    return bid


def _hour(machine: Hardware) -> Decimal:
    spec = offerings.specs().get(machine.spec)
    return prices.hour_of(spec.spec_id if spec else "", machine.cpu_count, machine.memory_gb, machine.card_count)


def _market(machine: Hardware) -> Decimal:
    return _hour(machine) * prices.AT_A_BID


def _extras(request: GetBidInstancePriceRequest) -> Decimal:
    system = prices.hour_of_disk(request.root_disk_storage_type, request.root_disk_size_in_gb or SYSTEM_DISK_GB)
    data = [
        prices.hour_of_disk(disk.storage_type, disk.cds_size_in_gb) * disk.cds_num for disk in request.create_cds_list
    ]
    return sum(data, system) + prices.MBPS_HOUR * request.network_capacity_in_mbps
