"""Every type of resource there is."""

from __future__ import annotations

from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.product import find_key


def resource_types() -> dict[str, type[Resource]]:
    """The types of resource by their keys, such as ``bcc.Instance``, in the order they were declared."""
    found: dict[str, type[Resource]] = {}
    waiting: list[type[Resource]] = [Resource]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.is_draft:
                continue
            other = found.setdefault(kind.type_key(), kind)
            if other.__module__ != kind.__module__:
                raise ValueError(f"{kind.type_key()} is declared in {other.__module__} and in {kind.__module__}")
            found[kind.type_key()] = kind
            waiting.append(kind)
    return found


def find_resource_type(name: str) -> type[Resource]:
    """The type that a user names, ``bcc.Instance`` or ``Instance`` where that is clear; ValueError says what is not."""
    types = resource_types()
    return types[find_key(name, types, "type of resource")]


def quick_pace(seconds: float) -> float:
    """The pace at which the slowest transition of all lasts this many seconds."""
    longest = max((kind.lifecycle.longest for kind in resource_types().values()), default=0.0)
    return min(1.0, seconds / longest) if longest else 1.0
