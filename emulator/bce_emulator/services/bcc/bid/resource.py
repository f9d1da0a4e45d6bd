"""What an order at a bid is. https://cloud.baidu.com/doc/BCC/index.html"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bce_emulator.engine.account.resource import Resource


@dataclass(slots=True, kw_only=True, eq=False)
class BidOrder(Resource):
    """An order that waits because it bids less than the market; one that bids enough is fulfilled at once."""

    prefix: ClassVar[str] = "order"

    spec: str
    bid: str
    count: int
