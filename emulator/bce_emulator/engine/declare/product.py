"""A product of the cloud: the one declaration that hosts, versions, documents and keys follow from."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bce_emulator.engine.errors import ApiError, InappropriateJSON

MAX_SUGGESTED_FOR = 100
"""Of a longer text only so much is compared."""


@dataclass(frozen=True, slots=True)
class Product:
    """One product, declared as ``PRODUCT`` in the package that holds its operations and resources.

    ``hosts`` are the first labels of the host names that lead to it. ``versions`` are the prefixes under which all its
    operations answer, beside the published one. Where a host name leads to no product in particular, a path that
    several products publish belongs to those that the product ``yields_to``. ``own_errors`` are what it answers in
    place of errors that all products have, and ``missing`` the one for a parameter that a request lacks.
    """

    name: str
    title: str
    doc: str
    hosts: tuple[str, ...]
    versions: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    own_errors: Mapping[type[ApiError], type[ApiError]] = field(default_factory=dict, hash=False)
    missing: type[ApiError] = InappropriateJSON

    def __post_init__(self) -> None:
        """Register the product."""
        if PRODUCTS.setdefault(self.name, self) is not self:
            raise ValueError(f"the product {self.name} is declared twice")


PRODUCTS: dict[str, Product] = {}
"""Every product that is declared, by name."""


def product_of(module: str) -> str:
    """The name of the product whose package a module is in; empty for what belongs to none."""
    package = module
    while package:
        declared = getattr(sys.modules.get(package), "PRODUCT", None)
        if isinstance(declared, Product):
            return declared.name
        package = package.rpartition(".")[0]
    return ""


def key_of(product: str, name: str) -> str:
    """``product.Name``, by which everything that a product declares is known; the bare name without a product."""
    return f"{product}.{name}" if product else name


def candidates(name: str, keys: Iterable[str]) -> list[str]:
    """The keys that a user's name can mean: the key itself, or all with this bare name."""
    found = list(keys)
    return [key for key in found if key == name] or [key for key in found if key.rpartition(".")[2] == name]


def find_key(name: str, keys: Iterable[str], what: str) -> str:
    """The one key that a user's name means; ValueError names the candidates, or the nearest of what there is."""
    known = list(keys)
    found = candidates(name, known)
    if len(found) > 1:
        raise ValueError(f"{name} is one of {', '.join(found)}")
    if not found:
        raise ValueError(f"no {what} is called {name!r}{suggest(name, known)}; there are {', '.join(sorted(known))}")
    return found[0]


def suggest(text: str, known: Iterable[str]) -> str:
    """What was probably meant, as a part of a sentence, with its product or without; nothing if nothing is near."""
    by_fold = {spelling.casefold(): key for key in known for spelling in (key, key.rpartition(".")[2])}
    near = get_close_matches(text.casefold()[:MAX_SUGGESTED_FOR], by_fold, n=3, cutoff=0.6)
    return "; did you mean " + " or ".join(dict.fromkeys(by_fold[fold] for fold in near)) + "?" if near else ""


def in_order(products: Iterable[Product]) -> list[Product]:
    """Products in the order in which they are asked for a path, those that yield after those that they yield to."""
    left = sorted(products, key=lambda product: product.name)
    ordered: list[Product] = []
    while left:
        names = {product.name for product in left}
        first = next((product for product in left if not names.intersection(product.yields_to)), None)
        if first is None:
            raise ValueError(f"products that yield to each other: {', '.join(sorted(names))}")
        ordered.append(first)
        left.remove(first)
    return ordered
