"""What load balancers cost, in yuan: invented figures, the same in every run."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, NotRequired

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.balancer.resource import LEVELS, SHARED
from bce_emulator.services.blb.balancer.rules import BY_CAPACITY, BlbBilling, level_and_months
from bce_emulator.services.blb.errors import InvalidParameter
from bce_emulator.services.shared.prices import money, price

HOUR = {SHARED: Decimal("0.02")} | {level: Decimal("0.10") * (index + 1) for index, level in enumerate(LEVELS)}
CAPACITY_UNIT, GB, MINUTES = Decimal("0.03"), Decimal("0.49"), 60


class BlbInquiryRequest(Model):
    """How many load balancers of a level, and how they would be paid for; all types cost the same."""

    blb_type: Literal["normal", "application", "ipv6", "ipv6Application"] = "normal"
    performance_level: str = ""
    count: Annotated[int, Field(ge=1, le=100)] = 1
    billing: BlbBilling = BlbBilling()


class PriceView(TypedDict):
    """What is charged for, by what unit if it is by use, and how much."""

    chargeItem: str
    discountPrice: str
    originalPrice: str
    chargeUnit: NotRequired[str]


class BlbInquiryResponse(TypedDict):
    """The price by what is charged for."""

    prices: list[PriceView]


@operation("POST /v1/blb/price", errors=[InvalidParameter])
def blb_inquiry(_account: AccountRegion, request: BlbInquiryRequest) -> BlbInquiryResponse:
    """Show the price of load balancers; the figures are invented."""
    by_capacity = request.billing.billing_method == BY_CAPACITY
    level, months = level_and_months(request.performance_level, request.billing)
    if months:
        found = price(HOUR[level] * request.count, months)
        term: PriceView = {
            "chargeItem": "instance",
            "discountPrice": money(found.paid),
            "originalPrice": money(found.listed),
        }
        return {"prices": [term]}
    unit, amount = ("lcu", CAPACITY_UNIT) if by_capacity else ("minute", HOUR[level] / MINUTES)
    return {
        "prices": [_by_use("instance", amount * request.count, unit), _by_use("netraffic", GB * request.count, "GB")]
    }


def _by_use(item: str, amount: Decimal, unit: str) -> PriceView:
    return {"chargeItem": item, "discountPrice": money(amount), "originalPrice": money(amount), "chargeUnit": unit}
