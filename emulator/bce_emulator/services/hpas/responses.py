"""Answers that several calls share."""

from __future__ import annotations

from bce_emulator.engine.declare.operations import Call
from bce_emulator.engine.declare.response_types import TypedDict


class RequestIdResponse(TypedDict):
    """The id of the request, and nothing else."""

    requestId: str


def done(call: Call) -> RequestIdResponse:
    """The answer of a call whose client reads nothing more."""
    return {"requestId": call.request_id}
