"""Answers that several kinds of resource share."""

from __future__ import annotations

from bce_emulator.engine.declare.operations import Call
from bce_emulator.engine.http.request import Json


def accepted(call: Call) -> Json:
    """The body of calls whose page shows none, but whose Go client decodes one (bce-sdk-go from 0.9.253)."""
    return {"requestId": call.request_id, "failedInstanceIdList": []}
