"""Buy a shared bandwidth, and ask what one costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, QualifyNotPass
from bce_emulator.services.eip.eip.errors import LimitExceeded
from bce_emulator.services.eip.group.members import add_members, check_new_members, fits
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.eip.payment import (
    METHODS,
    EipBilling,
    RouteType,
    check_name,
    check_tags,
    payment_of,
)
from bce_emulator.services.eip.prices import prices_of
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry

BANDWIDTH, BANDWIDTH_OF_BGP_S = range(20, 501), range(100, 5_001)
GROUP_METHODS = (*METHODS, "ByPeak95", "ByNetrafficMax")


class CreateEipGroupRequest(Model):
    """How broad the shared bandwidth is, how many EIPs it begins with, and how it is paid for."""

    client_token: ClientToken = ""
    name: str = ""
    route_type: RouteType = "BGP"
    eip_count: int = 0
    eipv6_count: Annotated[int, Field(alias="eipv6Count")] = 0
    bandwidth_in_mbps: int
    billing: EipBilling
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    idc: str = ""
    continuous: bool = False


class SharedBandwidthInquiryRequest(Model):
    """How many shared bandwidths of which sort."""

    bandwidth_in_mbps: int
    count: Annotated[int, Field(ge=1, le=100)] = 1
    ip_num: Annotated[int, Field(ge=0)]
    billing: EipBilling


class GroupId(TypedDict):
    """Which shared bandwidth."""

    id: str


class SharedBandwidthInquiryResponse(TypedDict):
    """The price by what is charged for."""

    prices: dict[str, str]


@operation(
    "POST /v1/eipgroup", errors=[QualifyNotPass, LimitExceeded], doc="https://cloud.baidu.com/doc/EIP/s/ijwvz2zq8"
)
def create_eip_group(account: AccountRegion, request: CreateEipGroupRequest) -> GroupId:
    """Buy a bandwidth that EIPs share, with its first EIPs."""
    payment = payment_of(request.billing, GROUP_METHODS)
    check_group_bandwidth(request.bandwidth_in_mbps, request.route_type)
    check_name(request.name)
    check_tags(request.tags)
    if not fits(request.route_type, request.bandwidth_in_mbps, request.eip_count + request.eipv6_count):
        raise BadRequest("the bandwidth is not enough for so many EIPs")
    require_real_name(account)
    check_new_members(account, request.eip_count, request.eipv6_count)
    now = account.clock.now()
    group = account.add(
        EipGroup(
            id=account.new_id(EipGroup),
            name=request.name or f"EIP_GROUP{round(now * 1000)}",
            bandwidth=request.bandwidth_in_mbps,
            route_type=request.route_type,
            payment=payment.timing,
            billing_method=payment.method,
            expires=months_later(now, payment.months) if payment.months else None,
            tags=tags_of(request.tags),
        )
    )
    await_expiry(account, group)
    add_members(account, group, request.eip_count, request.eipv6_count)
    return {"id": group.id}


@operation("POST /v1/eipgroup/price", basis="client")
def shared_bandwidth_inquiry(
    _account: AccountRegion, request: SharedBandwidthInquiryRequest
) -> SharedBandwidthInquiryResponse:
    """Show the price of shared bandwidths, whatever number of EIPs is in them; the figures are invented."""
    payment = payment_of(request.billing, GROUP_METHODS)
    check_group_bandwidth(request.bandwidth_in_mbps, "BGP")
    prices = prices_of(payment, request.bandwidth_in_mbps, request.count)
    return {"prices": {name.replace("netraffic", "config"): price for name, price in prices.items()}}


def check_group_bandwidth(bandwidth: int, route_type: str) -> None:
    """Refuse a bandwidth that no group of the line can have."""
    offered = BANDWIDTH_OF_BGP_S if route_type == "BGP_S" else BANDWIDTH
    if bandwidth not in offered:
        raise BadRequest(f"bandwidthInMbps is {offered[0]} to {offered[-1]}")
