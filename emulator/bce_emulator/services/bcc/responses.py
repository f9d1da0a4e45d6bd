"""Answers that several kinds of resource share."""

from __future__ import annotations

from bce_emulator.engine.declare.operations import Call
from bce_emulator.engine.declare.response_types import TypedDict


class AcceptedResponse(TypedDict):
    """A request that was done whole."""

    requestId: str
    failedInstanceIdList: list[str]


class RequestIdResponse(TypedDict):
    """The id of the request, and nothing else."""

    requestId: str


class OrderResponse(TypedDict):
    """The order that was made, and is paid."""

    orderId: str


def accepted(call: Call) -> AcceptedResponse:
    """The body of calls whose page shows none, but whose Go client decodes one (bce-sdk-go from 0.9.253)."""
    return {"requestId": call.request_id, "failedInstanceIdList": []}
