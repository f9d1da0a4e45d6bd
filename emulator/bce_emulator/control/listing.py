"""What is emulated: operations with their errors, also as an OpenAPI document, and the state tables."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from fastapi import Response

from bce_emulator import __version__
from bce_emulator.control.bodies import text_of, written
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.responses import Document, Lifecycles, OperationsShown, Regions
from bce_emulator.control.selection import Served, selected_one
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.declare.catalogue import Catalogue, Published
from bce_emulator.engine.declare.openapi import document
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.services.shared.regions import regions


async def operations(emulator: Served) -> Response:
    """Every published operation, emulated or not."""
    content = await asyncio.to_thread(_operations_document, emulator.catalogue)
    return Response(content, media_type="application/json")


async def api(emulator: Served) -> Response:
    """The OpenAPI document of the emulated API."""
    content = await asyncio.to_thread(_api_document, emulator.catalogue)
    return Response(content, media_type="application/json")


async def lifecycles(emulator: Served, account: str | None = None) -> Response:
    """The state table of every kind of resource that has one, with the seconds of the account."""
    selected_account = selected_one(emulator, account, opens=False)
    kinds = resource_types().items()
    return written({name: _rows(selected_account, kind) for name, kind in kinds if kind.lifecycle.rows})


async def show_regions(emulator: Served) -> dict[str, Any]:
    """Every region, and the one that a request is about which names none."""
    return {"region": emulator.settings.region, "regions": list(regions())}


@cache
def _operations_document(catalogue: Catalogue) -> bytes:
    return text_of([describe(entry, catalogue.emulated(entry)) for entry in catalogue.published], levels=1)


@cache
def _api_document(catalogue: Catalogue) -> bytes:
    return text_of(document(catalogue.operations.values(), __version__))


def describe(entry: Published, operation: Operation | None) -> dict[str, Any]:
    """One operation of the catalogue."""
    rendered: dict[str, Any] = {
        "name": entry.name,
        "product": entry.product,
        "resource": entry.resource,
        "routes": [str(route) for route in entry.routes],
        "emulated": operation is not None,
    }
    if operation is not None:
        errors = [
            {"code": error.code, "status": error.status, "message": error.message, "basis": error.basis}
            for error in operation.errors
        ]
        rendered |= {"summary": operation.summary, "basis": operation.basis, "doc": operation.doc, "errors": errors}
    return rendered


def _rows(account: Account, kind: type[Resource]) -> list[dict[str, Any]]:
    return [
        {
            "action": row.action,
            "allowed": sorted(row.allowed),
            "meanwhile": row.meanwhile,
            "then": row.then,
            "seconds": account.seconds(kind, row),
        }
        for row in kind.lifecycle.rows
    ]


CALLS: Calls = (
    ControlCall("GET", "operations", operations, OperationsShown),
    ControlCall("GET", "api.json", api, Document),
    ControlCall("GET", "lifecycles", lifecycles, Lifecycles),
    ControlCall("GET", "regions", show_regions, Regions),
)
