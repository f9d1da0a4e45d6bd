"""Every kind of resource there is."""

from __future__ import annotations

from bce_emulator.engine.account.resource import Resource


def resource_types() -> dict[str, type[Resource]]:
    """The kinds of resource by name, in the order they were declared."""
    found: dict[str, type[Resource]] = {}
    waiting: list[type[Resource]] = [Resource]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found[kind.__name__] = kind
            waiting.append(kind)
    return found


def quick_pace(seconds: float) -> float:
    """The pace at which the slowest transition of all lasts this many seconds."""
    longest = max((kind.lifecycle.longest for kind in resource_types().values()), default=0.0)
    return min(1.0, seconds / longest) if longest else 1.0
