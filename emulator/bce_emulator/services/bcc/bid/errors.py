"""How requests about a bid can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest


class BidOrderMissing(BadRequest):
    """No order is named."""

    message = "cancelBidOrder can not is null."


class BidOrderUnknown(BadRequest):
    """No order that still waits has this id."""

    message = "query order is null."
