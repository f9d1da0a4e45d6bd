"""Buy traffic packages, ask what one costs, and look at them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso, months_later
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, QualifyNotPass
from bce_emulator.services.eip.payment import spelled
from bce_emulator.services.eip.prices import GB_OF_A_PACKAGE
from bce_emulator.services.eip.traffic_package.resource import RUNNING, TrafficPackage
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.prices import money
from bce_emulator.services.shared.standing import require_real_name

DeductPolicy = Literal["FullTimeDurationPackage", "TimeDurationPackage"]
CAPACITIES = {
    1: ("10G", "50G", "100G", "500G", "1T", "5T", "10T", "50T"),
    6: ("60G", "300G", "600G", "3T", "6T", "30T", "60T", "300T"),
    12: ("1T", "10T", "50T", "100T", "500T", "1P"),
}
"""What is on offer, by months."""
GB_OF = {"G": 1, "T": 1024, "P": 1024**2}
SECONDS_TO_ACTIVE = 20
"""A package begins so long after it is bought."""


class TrafficPackageOrder(Model):
    """How much traffic for how many months."""

    client_token: ClientToken = ""
    reservation_length: int
    capacity: str
    deduct_policy: DeductPolicy = "FullTimeDurationPackage"
    package_type: Literal["WebOutBytes"] = "WebOutBytes"


class QueryTheListOfSharedTrafficPackagesRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str = ""
    status: str = ""
    deduct_policy: DeductPolicy | None = None


class QueryTheDetailsOfSharedTrafficPackagesRequest(Model):
    """Which package to look at."""

    id: str


class TrafficPackageId(TypedDict):
    """Which package."""

    id: str


class TrafficPackagePrice(TypedDict):
    """What a package costs."""

    price: str


class TrafficPackageView(TypedDict):
    """A package; bytes are strings."""

    id: str
    deductPolicy: str
    packageType: str
    status: str
    capacity: str
    usedCapacity: str
    activeTime: str
    expireTime: str
    createTime: str


class QueryTheListOfSharedTrafficPackagesResponse(Page):
    """One page of the packages."""

    packageList: list[TrafficPackageView]


@operation("POST /v1/eiptp", errors=[QualifyNotPass], basis="client")
def create_a_shared_traffic_package(account: AccountRegion, request: TrafficPackageOrder) -> TrafficPackageId:
    """Buy so much traffic, which begins a little later."""
    gb = _gb(request)
    require_real_name(account)
    active = account.clock.now() + SECONDS_TO_ACTIVE
    package = account.add(
        TrafficPackage(
            id=account.new_id(TrafficPackage),
            capacity=gb * 1024**3,
            deduct_policy=request.deduct_policy,
            package_type=request.package_type,
            active=active,
            expires=months_later(active, request.reservation_length),
        )
    )
    account.schedule(package, "expire", package.expires)
    return {"id": package.id}


@operation("POST /v1/eiptp/price", basis="client")
def shared_data_package_inquiry(_account: AccountRegion, request: TrafficPackageOrder) -> TrafficPackagePrice:
    """Show the price of a package; the figures are invented."""
    return {"price": money(GB_OF_A_PACKAGE[request.deduct_policy] * Decimal(_gb(request)))}


@operation("GET /v1/eiptp", basis="client")
def query_the_list_of_shared_traffic_packages(
    account: AccountRegion, request: QueryTheListOfSharedTrafficPackagesRequest
) -> QueryTheListOfSharedTrafficPackagesResponse:
    """List the traffic packages that fit all filters, newest first; nothing uses them up."""
    status = spelled(request.status, TrafficPackage.lifecycle.states, "status") if request.status else ""

    def fits(package: TrafficPackage) -> bool:
        return (
            request.id in {"", package.id}
            and status in {"", package.status}
            and request.deduct_policy in {None, package.deduct_policy}
        )

    return page(
        QueryTheListOfSharedTrafficPackagesResponse,
        account,
        TrafficPackage,
        "packageList",
        _show,
        request.marker,
        request.max_keys,
        fits,
    )


@operation("GET /v1/eiptp/{id}", errors=[NoSuchObject], basis="client")
def query_the_details_of_shared_traffic_packages(
    account: AccountRegion, request: QueryTheDetailsOfSharedTrafficPackagesRequest
) -> TrafficPackageView:
    """Show one traffic package."""
    return _show(account.get(TrafficPackage, request.id))


@on_timer(TrafficPackage, "expire")
def expire(account: AccountRegion, package: TrafficPackage) -> None:
    """Let the time that was paid for be over."""
    if package.state == RUNNING:
        account.change(package, "expire")


def _gb(order: TrafficPackageOrder) -> int:
    """The size of a package that is on offer."""
    offered = CAPACITIES.get(order.reservation_length)
    if offered is None:
        raise BadRequest(not_offered("reservationLength", order.reservation_length, CAPACITIES))
    if order.capacity not in offered:
        raise BadRequest(not_offered("capacity", order.capacity, offered))
    return int(order.capacity[:-1]) * GB_OF[order.capacity[-1]]


def _show(package: TrafficPackage) -> TrafficPackageView:
    return {
        "id": package.id,
        "deductPolicy": package.deduct_policy,
        "packageType": package.package_type,
        "status": package.status,
        "capacity": str(package.capacity),
        "usedCapacity": str(package.used),
        "activeTime": iso(package.active),
        "expireTime": iso(package.expires),
        "createTime": iso(package.created),
    }
