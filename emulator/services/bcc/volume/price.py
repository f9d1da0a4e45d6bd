"""What volumes would cost. The figures are the emulator's own: plausible, and always the same."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from emulator.engine.accounts import Account
from emulator.engine.errors import BadRequest
from emulator.engine.http import Json
from emulator.engine.models import ClientToken, Model
from emulator.engine.operations import operation
from emulator.services.bcc import offers
from emulator.services.bcc.instance.order import MONTHS
from emulator.services.bcc.volume.resource import DiskSizeInvalid

PER_GB_AND_MONTH = {"hdd": 0.3, "hp1": 0.35, "cloud_hp1": 0.7, "enhanced_ssd_pl1": 1.0, "enhanced_ssd_pl2": 2.0}
MINUTES_PER_MONTH = 30 * 24 * 60
POSTPAID_SURCHARGE = 1.5


class GetCdsPriceRequest(Model):
    """How many volumes of which kind, and for how many months."""

    client_token: ClientToken = ""
    storage_type: str
    cds_size_in_gb: Annotated[int, Field(alias="cdsSizeInGB")]
    payment_timing: Literal["Postpaid", "Prepaid"]
    zone_name: str
    purchase_count: int = 0
    purchase_length: int = 0
    cds_extra_io: int = 0


@operation("POST /v2/volume/getPrice", errors=[DiskSizeInvalid], doc="https://cloud.baidu.com/doc/BCC/index.html")
def get_cds_price(account: Account, request: GetCdsPriceRequest) -> Json:
    """Show what volumes would cost: by the minute, or for the months that are paid for."""
    kind = offers.storage_types().get(request.storage_type or "hp1")
    if kind is None or request.zone_name not in offers.zones(account.region):
        raise BadRequest("storageType or zoneName is none of those on offer")
    if not kind.least_gb <= request.cds_size_in_gb <= kind.most_gb:
        raise DiskSizeInvalid(f"{kind.least_gb} to {kind.most_gb} GB for {kind.name}")
    month = PER_GB_AND_MONTH[kind.name] * request.cds_size_in_gb * (request.purchase_count or 1)
    if request.payment_timing == "Postpaid":
        price, unit = round(month * POSTPAID_SURCHARGE / MINUTES_PER_MONTH, 6), "minute"
    else:
        months = request.purchase_length or 1
        if months not in MONTHS:
            raise BadRequest("purchaseLength is none of those on offer")
        price, unit = round(month * months, 2), "month"
    row = {"storageType": kind.name, "cdsSizeInGB": request.cds_size_in_gb, "price": price, "unit": unit}
    return {"price": [row | {"specPrice": price}]}
