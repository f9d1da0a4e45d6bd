"""What volumes would cost. The figures are the emulator's own: plausible, and always the same."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc import offerings, prices
from bce_emulator.services.bcc.volume.errors import DiskSizeInvalid
from bce_emulator.services.shared.billing import MONTHS
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.prices import price
from bce_emulator.services.shared.regions import zones

MINUTES = 60


class GetCdsPriceRequest(Model):
    """How many volumes of which kind, and for how many months."""

    client_token: ClientToken = ""
    storage_type: str
    cds_size_in_gb: Annotated[int, Field(alias="cdsSizeInGB")]
    payment_timing: Literal["Postpaid", "Prepaid"]
    zone_name: str
    purchase_count: int = 0
    purchase_length: int = 0


class CdsPriceView(TypedDict):
    """What the volumes cost in a unit of time."""

    storageType: str
    cdsSizeInGB: int
    price: float
    unit: str
    specPrice: float


class GetCdsPriceResponse(TypedDict):
    """The price of the volumes."""

    price: list[CdsPriceView]


@operation("POST /v2/volume/getPrice", errors=[DiskSizeInvalid])
def get_cds_price(account: AccountRegion, request: GetCdsPriceRequest) -> GetCdsPriceResponse:
    """Show what volumes would cost: by the minute, or for the months that are paid for."""
    kind = offerings.storage_types().get(request.storage_type or "hp1")
    if kind is None:
        raise BadRequest(not_offered("storageType", request.storage_type, offerings.storage_types()))
    if request.zone_name not in zones(account.region):
        raise BadRequest(not_offered("zoneName", request.zone_name, zones(account.region)))
    if not kind.min_gb <= request.cds_size_in_gb <= kind.max_gb:
        raise DiskSizeInvalid(f"{kind.min_gb} to {kind.max_gb} GB for {kind.name}")
    hour = prices.hour_of_disk(kind.name, request.cds_size_in_gb) * (request.purchase_count or 1)
    if request.payment_timing == "Postpaid":
        cost, unit = round(float(hour) / MINUTES, 6), "minute"
    else:
        months = request.purchase_length or 1
        if months not in MONTHS:
            raise BadRequest(not_offered("purchaseLength", months, sorted(MONTHS)))
        cost, unit = round(float(price(hour, months).paid), 2), "month"
    return {
        "price": [
            {
                "storageType": kind.name,
                "cdsSizeInGB": request.cds_size_in_gb,
                "price": cost,
                "unit": unit,
                "specPrice": cost,
            }
        ]
    }
