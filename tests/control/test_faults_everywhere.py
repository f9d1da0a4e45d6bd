"""Every error that an operation lists can be planned for it, is answered once, and is told as planned."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.declare.product import PRODUCTS
from bce_emulator.engine.errors import COMMON
from tests.cloud import Cloud, Reply


def ask(cloud: Cloud, operation: Operation, query: str = "", raw: bytes = b"{}") -> Reply:
    """A request that finds the operation, if nothing else, at the host of its product."""
    route, before = operation.route, cloud.host
    key = (route.key or "") + (f"={route.value}" if route.value else "")
    target = re.sub(r"{\w+}", "x-12345678", route.path) + "?" + "&".join(filter(None, (key, query)))
    cloud.host = f"{PRODUCTS[operation.product].hosts[0]}.bj.localhost:8080"
    reply = cloud.call(route.method, target.rstrip("?"), raw=raw if route.method in {"PUT", "POST"} else b"")
    cloud.host = before
    return reply


@pytest.mark.sweep(48)
@pytest.mark.parametrize("key", sorted(OPERATIONS))
def test_every_listed_error_can_be_planned(cloud, control, key):
    operation = OPERATIONS[key]
    for error in dict.fromkeys((*operation.errors, *COMMON)):
        if error.basis == "emulator":
            continue
        plan = {"operation": key, "error": error.code}
        plan |= {"message": error.message, "status": error.status}
        assert control("POST", "faults", plan).status == 200

        refused = ask(cloud, operation)
        ask(cloud, operation)

        assert (refused.status, refused.code) == (error.status, error.code)
        assert refused.body["message"].startswith(error.message.partition("{")[0])
        entry, last = control("GET", "journal?limit=2").body["entries"]
        assert ("fault" in entry, "fault" in last) == (True, False)
        assert control("GET", "faults").body["faults"] == []
