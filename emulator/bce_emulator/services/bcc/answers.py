"""Answers that several kinds of resource share."""

from __future__ import annotations

from bce_emulator.engine.http import Json
from bce_emulator.engine.operations import Call


def accepted(call: Call) -> Json:
    """The body of calls whose page shows none, but whose Go client decodes one (bce-sdk-go from 0.9.253)."""
    return {"requestId": call.request_id, "failedInstanceIdList": []}
