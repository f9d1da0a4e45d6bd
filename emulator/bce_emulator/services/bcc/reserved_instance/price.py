"""Ask what reserved instances cost; the figures are invented, and the shares of a payment in parts are proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.prices import price_of_spec
from bce_emulator.services.bcc.reserved_instance.create import check_offered
from bce_emulator.services.bcc.reserved_instance.errors import RequestInvalid
from bce_emulator.services.shared.billing import MONTHS
from bce_emulator.services.shared.prices import HOURS_A_MONTH, money
from bce_emulator.services.shared.regions import zones

PAID_AHEAD = {"FullyPrepay": Decimal(1), "PartPrepay": Decimal("0.5"), "NoPrepay": Decimal(0)}
"""How much of the price is paid ahead; the rest is paid by the month or the hour."""
Count = Annotated[LenientInt, Field(ge=1)]


class GetReservedInstancePriceRequest(Model):
    """What to price, how many of it, for how many months, and how it is paid for."""

    spec_id: str
    spec: str
    offering_type: Literal["FullyPrepay", "PartPrepay", "NoPrepay"]
    scope: Literal["AZ", "Region"] = "AZ"
    zone_name: str
    reserved_instance_count: Count = 1
    price_time_unit: Literal["month", "hour"] = "hour"
    reserved_instance_time: LenientInt
    purchase_num: Count = 1


class ListPriceView(TypedDict):
    """The list price: what is paid ahead, and what by the month or the hour."""

    prePayCategoryPrice: float
    postPayCategoryPrice: float


class TradePriceView(TypedDict):
    """What is really paid, likewise."""

    prePayTradePrice: float
    postPayTradePrice: float


class GetReservedInstancePriceResponse(TypedDict):
    """What reserved instances of a spec cost."""

    requestId: str
    spec: str
    categoryPrice: ListPriceView
    tradePrice: TradePriceView


@operation(
    "POST /v2/reservedInstance/price", "POST /v2/v2/reservedInstance/price", errors=[RequestInvalid], basis="client"
)
def get_reserved_instance_price(
    account: AccountRegion, request: GetReservedInstancePriceRequest, call: Call
) -> GetReservedInstancePriceResponse:
    """Show what reserved instances cost, ahead and by the month or the hour."""
    check_offered("zoneName", request.zone_name, zones(account.region))
    check_offered("spec", request.spec, offerings.specs())
    spec, months = offerings.specs()[request.spec], request.reserved_instance_time
    if spec.spec_id != request.spec_id or months not in MONTHS:
        raise RequestInvalid(f"specId is {spec.spec_id}, and reservedInstanceTime 1 to 9, 12, 24 or 36")
    price = price_of_spec(spec, months, request.reserved_instance_count * request.purchase_num)
    ahead = PAID_AHEAD[request.offering_type]
    units = months * (1 if request.price_time_unit == "month" else HOURS_A_MONTH)
    later = (1 - ahead) / units
    return {
        "requestId": call.request_id,
        "spec": spec.spec,
        "categoryPrice": {
            "prePayCategoryPrice": float(money(price.listed * ahead)),
            "postPayCategoryPrice": float(money(price.listed * later)),
        },
        "tradePrice": {
            "prePayTradePrice": float(money(price.paid * ahead)),
            "postPayTradePrice": float(money(price.paid * later)),
        },
    }
