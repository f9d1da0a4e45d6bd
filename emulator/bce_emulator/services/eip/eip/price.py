"""Ask what EIPs would cost."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.eip.payment import EipBilling, RouteType, check_bandwidth, payment_of
from bce_emulator.services.eip.prices import prices_of


class EipInquiryRequest(Model):
    """How many EIPs of which bandwidth, and how they would be paid for."""

    bandwidth_in_mbps: int
    count: Annotated[int, Field(ge=1, le=100)] = 1
    purchase_type: RouteType = "BGP"
    billing: EipBilling


class EipInquiryResponse(TypedDict):
    """The price by what is charged for."""

    prices: dict[str, str]


@operation("POST /v1/eip/price", basis="client")
def eip_inquiry(_account: AccountRegion, request: EipInquiryRequest) -> EipInquiryResponse:
    """Show the price of EIPs; the figures are invented."""
    payment = payment_of(request.billing)
    check_bandwidth(request.bandwidth_in_mbps, request.purchase_type, payment.method)
    return {"prices": prices_of(payment, request.bandwidth_in_mbps, request.count)}
