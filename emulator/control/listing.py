"""What is emulated: operations with their errors, and the state tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emulator.control.process import Calls
from emulator.engine.catalogue import Published
from emulator.engine.kinds import kinds
from emulator.engine.operations import Operation

if TYPE_CHECKING:
    from emulator.app import Emulator


def calls(emulator: Emulator) -> Calls:
    """The control calls of this file: method, path, function."""

    async def operations() -> list[dict[str, Any]]:
        """Every published operation, emulated or not."""
        return [describe(entry, emulator.catalogue.emulated(entry)) for entry in emulator.catalogue.published]

    async def lifecycles() -> dict[str, Any]:
        """The state table of every kind of resource that has one."""
        return {name: _rows(kind.lifecycle.rows) for name, kind in kinds().items() if kind.lifecycle.rows}

    yield "GET", "operations", operations
    yield "GET", "lifecycles", lifecycles


def describe(entry: Published, made: Operation | None) -> dict[str, Any]:
    """One operation of the catalogue."""
    shown: dict[str, Any] = {
        "name": entry.name,
        "product": entry.product,
        "resource": entry.resource,
        "routes": [str(route) for route in entry.routes],
        "emulated": made is not None,
    }
    if made is not None:
        errors = [
            {"code": error.code, "status": error.status, "message": error.message, "basis": error.basis}
            for error in made.errors
        ]
        shown |= {"summary": made.summary, "basis": made.basis, "doc": made.doc, "errors": errors}
    return shown


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "action": row.action,
            "allowed": sorted(row.allowed),
            "meanwhile": row.meanwhile,
            "then": row.then,
            "seconds": row.seconds,
        }
        for row in rows
    ]
