"""Whether a request is about a resource: its id stands in the path, in the query or in the body."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.request import Request


def references_resource(request: Request, resource_id: str) -> bool:
    """Whether a request names this id."""
    if resource_id in request.path.split("/") or any(resource_id == value for _, value in request.query):
        return True
    try:
        return _holds(request.json(), resource_id)
    except ApiError:
        return False


def _holds(value: Any, text: str) -> bool:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if each == text:
            return True
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return False
