"""What clients send that the operation does not read: every member, told by the journal's own rule, over all vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bce_emulator.cloud import ROUTES
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.request import Head, Request
from bce_emulator.engine.observe.unknown_fields import unknown_fields
from tests.clients.vectors import read

FILE = Path(__file__).with_name("unknown_members.txt")
INDEX = re.compile(r"\.\d+")


def sent() -> set[str]:
    """``product.Operation in-body-or-query member`` for every member that a client sends and nobody reads."""
    return {line for vector in read().values() for line in _unread(vector)}


def settled() -> set[str]:
    """Those whose meaning was looked into, without the reasons."""
    return {line.partition("  #")[0] for line in FILE.read_text().splitlines() if line}


def _unread(vector: dict) -> Iterator[str]:
    request = Request(
        Head(
            {
                "method": vector["method"],
                "raw_path": vector["path"].encode(),
                "query_string": vector["query"].encode(),
                "headers": [(name.lower().encode(), value.encode()) for name, value in vector["raw_headers"]],
            }
        )
    )
    request.body = vector["body"].encode()
    request.decode()
    try:
        target = ROUTES.find(request).target
    except ApiError:
        return
    if isinstance(target, Operation):
        for field in unknown_fields(target, request):
            yield f"{target.key} {field['in']} {INDEX.sub('', field['member'])}"
