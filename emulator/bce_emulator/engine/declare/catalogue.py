"""The catalogue: every operation that is published, and which of them are emulated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from bce_emulator.engine.declare.operations import Operation, Route


@dataclass(frozen=True, slots=True)
class Published:
    """One entry of the catalogue: an operation as it is published, with every route that clients use for it."""

    name: str
    product: str
    resource: str
    routes: tuple[Route, ...]
    also_named: tuple[str, ...] = ()


def load(path: Path) -> list[Published]:
    """Read the catalogue."""
    return [
        Published(
            entry["name"],
            entry["product"],
            entry["resource"],
            tuple([Route.parse(route) for route in entry["routes"]]),
            tuple(entry.get("alsoNamed", ())),
        )
        for entry in orjson.loads(path.read_bytes())
    ]


class Catalogue:
    """The published operations beside the declared ones."""

    def __init__(self, published: Iterable[Published], operations: Iterable[Operation]) -> None:
        self.published = list(published)
        self.operations = {(operation.product, operation.name): operation for operation in operations}
        self.by_route = {(entry.product, str(route)): entry for entry in self.published for route in entry.routes}

    def emulated(self, entry: Published) -> Operation | None:
        """The declaration of a published operation, or None if it is not emulated."""
        operation = self.operations.get((entry.product, entry.name))
        if operation is None and entry.product == "vpc":
            twin = self.by_route.get(("bcc", str(entry.routes[0])))
            operation = self.operations.get(("bcc", twin.name)) if twin else None
        return operation

    def find(self, name: str) -> Published | None:
        """The published operation of this name, as ``StopInstance`` or ``bbc.StopInstance``."""
        product, _, plain = name.rpartition(".")
        for entry in self.published:
            if plain in (entry.name, *entry.also_named) and product in ("", entry.product):
                return entry
        return None

    def coverage(self) -> Mapping[str, tuple[int, int]]:
        """For each product how many operations are emulated, and how many are published."""
        counts: dict[str, tuple[int, int]] = {}
        for entry in self.published:
            done, total = counts.get(entry.product, (0, 0))
            counts[entry.product] = (done + (self.emulated(entry) is not None), total + 1)
        return counts
