"""The catalogue: every operation that is published, and which of them are emulated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import orjson

from bce_emulator.engine.declare.operations import Operation, Route
from bce_emulator.engine.declare.product import Product, in_order, key_of


@dataclass(frozen=True, slots=True)
class Published:
    """One entry of the catalogue: an operation as it is published, with every route that clients use for it."""

    name: str
    product: str
    resource: str
    routes: tuple[Route, ...]
    also_named: tuple[str, ...] = ()
    only_reads: ClassVar[bool] = True
    """That it is not emulated is all that it is answered."""

    @property
    def key(self) -> str:
        """The key: product and name."""
        return key_of(self.product, self.name)


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
    """The published operations of some products beside the declared ones."""

    def __init__(
        self, published: Iterable[Published], operations: Iterable[Operation], products: Iterable[Product]
    ) -> None:
        self.published = list(published)
        self.products = {product.name: product for product in in_order(products)}
        self.operations = {operation.key: operation for operation in operations}
        self.entries = {entry.key: entry for entry in self.published}
        if len(self.entries) != len(self.published):
            raise ValueError("the catalogue has an operation twice")
        if unknown := {entry.product for entry in self.published} - self.products.keys():
            raise ValueError(f"the catalogue has products that none declares: {', '.join(sorted(unknown))}")
        self._by_address = {
            (host, str(route)): operation
            for operation in self.operations.values()
            for host in self.products[operation.product].hosts
            for route in operation.routes
        }

    def emulated(self, entry: Published) -> Operation | None:
        """The declaration of a published operation, or None if it is not emulated.

        Products behind one host publish some operations twice, under two names and with the same route.
        """
        operation = self.operations.get(entry.key)
        if operation is not None:
            return operation
        twins = (self._by_address.get((host, str(entry.routes[0]))) for host in self.products[entry.product].hosts)
        return next(filter(None, twins), None)

    def named(self, name: str) -> list[Published]:
        """The published operations that a user's name can mean: ``bcc.StopInstance``, or ``StopInstance`` of any."""
        product, _, plain = name.rpartition(".")
        of_product = [entry for entry in self.published if product in ("", entry.product)]
        exact = [entry for entry in of_product if entry.name == plain]
        return exact or [entry for entry in of_product if plain in entry.also_named]

    def coverage(self) -> Mapping[str, tuple[int, int]]:
        """For each product how many operations are emulated, and how many are published."""
        counts = dict.fromkeys(self.products, (0, 0))
        for entry in self.published:
            done, total = counts[entry.product]
            counts[entry.product] = (done + (self.emulated(entry) is not None), total + 1)
        return {product: count for product, count in counts.items() if count[1]}
