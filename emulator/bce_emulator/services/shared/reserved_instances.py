"""Reserved instances, for products that tag those of another one: the product that has them registers their kind."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.account.resource import Resource

_kinds: list[type[Resource]] = []


def has_reserved_instances(kind: type[Resource]) -> None:
    """Register the kind, which has ``tags``."""
    _kinds.append(kind)


def reserved_instances() -> type[Any]:
    """The kind that was registered."""
    return _kinds[0]
