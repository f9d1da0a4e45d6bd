"""What an order at a bid is. https://cloud.baidu.com/doc/BCC/index.html"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.errors import BadRequest


class BidOrderMissing(BadRequest):
    """No order is named."""

    message = "cancelBidOrder can not is null."


class BidOrderUnknown(BadRequest):
    """No order that still waits has this id."""

    message = "query order is null."


@dataclass(slots=True, kw_only=True, eq=False)
class BidOrder(Resource):
    """An order that waits because it bids less than the market; one that bids enough is fulfilled at once."""

    prefix: ClassVar[str] = "order"

    spec: str
    bid: str
    count: int
