"""What makes two requests with one clientToken the same."""

from __future__ import annotations

import json
from hashlib import blake2b

import orjson

from bce_emulator.engine.errors import MalformedJSON
from bce_emulator.engine.http.identity import SECURITY_TOKEN
from bce_emulator.engine.http.request import Json, Request

NOT_OF_THE_REQUEST = frozenset({"clienttoken", "authorization", SECURITY_TOKEN})
"""Query items that may differ when a request is sent again."""


def fingerprint(request: Request, body: Json) -> bytes:
    """A digest of what a request asks for, but for its signature and its token."""
    query = sorted(item for item in request.query if item[0].lower() not in NOT_OF_THE_REQUEST)
    whole = [request.method, request.path, query, body]
    try:
        text = orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a number, or a depth, that only the slower writer takes
        text = _text_of_anything(whole)
    return blake2b(text, digest_size=16).digest()


def _text_of_anything(value: object) -> bytes:
    try:
        return json.dumps(value, sort_keys=True).encode()
    except RecursionError:
        raise MalformedJSON("the body is nested too deep") from None
