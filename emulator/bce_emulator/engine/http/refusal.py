"""The refusal of what is no HTTP request, as it goes over the wire."""

from __future__ import annotations

from itertools import count
from time import gmtime, strftime

import orjson

from bce_emulator.engine.account.ids import request_id
from bce_emulator.engine.errors import ApiError

_numbers = count(2**61)


def written_refusal(error: ApiError) -> bytes:
    """The last answer of a connection, in the documented form."""
    refused_id = request_id(next(_numbers))
    body = orjson.dumps({"requestId": refused_id, "code": error.code, "message": error.text})
    date = strftime("%a, %d %b %Y %H:%M:%S GMT", gmtime())
    head = (
        f"HTTP/1.1 {error.status} Bad Request\r\n"
        f"date: {date}\r\n"
        f"x-bce-request-id: {refused_id}\r\n"
        "content-type: application/json;charset=UTF-8\r\n"
        "server: BWS\r\n"
        f"x-bce-emulator-explain: {error.explanation}\r\n"
        f"content-length: {len(body)}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body
