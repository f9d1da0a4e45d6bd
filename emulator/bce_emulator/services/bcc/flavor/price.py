"""Ask what specs cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc import offerings, prices
from bce_emulator.services.shared.billing import MONTHS
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.prices import money
from bce_emulator.services.shared.regions import check_zone


class GetPriceBySpecRequest(Model):
    """What to price: one spec, a family, or all of a zone, by the hour or for some months."""

    client_token: ClientToken = ""
    spec_id: str = ""
    spec: str = ""
    payment_timing: Literal["Prepaid", "Postpaid"]
    zone_name: str
    purchase_count: Annotated[int, Field(ge=0)] = 1
    purchase_length: int = 0


class SpecPriceView(TypedDict):
    """What a spec costs."""

    spec: str
    status: str
    specPrice: str
    tradePrice: str
    discount: str


class FamilyPricesView(TypedDict):
    """What the specs of a family cost."""

    specId: str
    specPrices: list[SpecPriceView]


class GetPriceBySpecResponse(TypedDict):
    """What specs cost, by family."""

    price: list[FamilyPricesView]


@operation("POST /v2/instance/price")
def get_price_by_spec(account: AccountRegion, request: GetPriceBySpecRequest) -> GetPriceBySpecResponse:
    """Show what specs cost: for the months that are paid ahead, or by the hour; the figures are invented."""
    check_zone(account.region, request.zone_name)
    specs = [
        spec
        for spec in offerings.specs().values()
        if request.spec in {"", spec.spec} and request.spec_id in {"", spec.spec_id}
    ]
    if not specs:
        known = offerings.specs()
        ids = dict.fromkeys(spec.spec_id for spec in known.values())
        raise BadRequest(f"{not_offered('spec', request.spec, known)}; {not_offered('specId', request.spec_id, ids)}")
    months = 0
    if request.payment_timing == "Prepaid":
        months = request.purchase_length
        if months not in MONTHS:
            raise BadRequest("purchaseLength is months: 1 to 9, 12, 24 or 36")
    return {"price": _by_family(specs, months, request.purchase_count or 1)}


@operation("GET /v1/instance/price", basis="client")
def get_packages(account: AccountRegion) -> GetPriceBySpecResponse:
    """Show what every spec costs by the hour; the form of the answer is proposed."""
    return {"price": _by_family(offerings.specs().values(), 0, 1)}


def _by_family(specs: Iterable[offerings.Spec], months: int, count: int) -> list[FamilyPricesView]:
    families: dict[str, list[SpecPriceView]] = {}
    for spec in specs:
        price = prices.price_of_spec(spec, months, count)
        families.setdefault(spec.spec_id, []).append(
            {
                "spec": spec.spec,
                "status": "available",
                "specPrice": money(price.listed),
                "tradePrice": money(price.paid),
                "discount": price.discount,
            }
        )
    return [{"specId": spec_id, "specPrices": rows} for spec_id, rows in families.items()]
